import gc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import UnreadablePostError
from django.test import Client, RequestFactory
from pytest_django import Settings

from meldingen.attachments.arrivals import Arrival
from meldingen.record.models import Melding
from meldingen.web import uploads
from tests.factories import Town


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Callable[..., Any]:
    """What reached a folder for files or a handler's hands."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    received = []
    for name in ("receive_data_chunk", "file_complete"):
        monkeypatch.setattr(uploads.FilesOfForms, name, lambda *args: received.append(args))
    return lambda: [*tmp_path.iterdir(), *received]


def test_a_file_that_comes_along_is_passed_over(
    resident: Client, typed: dict[str, str], kept: Callable[..., Any]
) -> None:
    sent = typed | {"photo": SimpleUploadedFile("foto.jpg", b"x" * 500_000), "text": "Met een foto."}
    assert resident.post("/melden/", sent).status_code == 302
    assert Melding.objects.get().text == "Met een foto."
    assert kept() == []


def test_more_than_a_form_can_hold_is_refused(
    resident: Client, typed: dict[str, str], kept: Callable[..., Any]
) -> None:
    size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1
    response = resident.post("/melden/", typed | {"photo": SimpleUploadedFile("film.mp4", b"x" * size)})
    assert response.status_code == 400
    assert not Melding.objects.exists()
    assert kept() == []


@pytest.mark.parametrize("charset", ["zip", "idna", "utf-16", "latin-1"])
def test_a_form_in_another_encoding_is_refused(resident: Client, charset: str) -> None:
    body = b'--X\r\nContent-Disposition: form-data; name="step"\r\n\r\nwhat\r\n--X--\r\n'
    content_type = f"multipart/form-data; boundary=X; charset={charset}"
    assert resident.generic("POST", "/melden/", body, content_type=content_type).status_code == 400


def test_no_view_sees_a_file() -> None:
    request = RequestFactory().post("/melden/", {"photo": SimpleUploadedFile("foto.jpg", b"x"), "text": "x"})
    assert (request.POST.dict(), dict(request.FILES)) == ({"text": "x"}, {})


def posted(path: str, files: dict[str, Any], **more: Any) -> WSGIRequest:
    return RequestFactory().post(path, {"text": "x"} | files, **more)


def test_a_photo_is_written_down_where_its_page_asks_for_it() -> None:
    request = posted("/melden/fotos", {"photo_files": SimpleUploadedFile("foto.jpg", b"x" * 3_000_000)})
    (file,) = request.FILES.getlist("photo_files")
    assert (file.size, file.read(1), request.POST["text"]) == (3_000_000, b"x", "x")
    assert isinstance(file, Arrival)
    path = Path(file.temporary_file_path())
    assert path.parent == settings.INCOMING_DIR
    request.close()
    assert not path.exists()


@pytest.mark.parametrize(("path", "field"), [("/melden/", "photo_files"), ("/melden/fotos", "logo_file")])
def test_each_file_has_one_place(path: str, field: str) -> None:
    assert dict(posted(path, {field: SimpleUploadedFile("foto.jpg", b"x")}).FILES) == {}


def test_a_form_with_more_than_five_large_photos_is_refused_unread(resident: Client) -> None:
    head = b'--X\r\nContent-Disposition: form-data; name="photo_files"; filename="a.jpg"\r\n\r\n'
    answer = resident.generic(
        "POST", "/melden/fotos", head, content_type="multipart/form-data; boundary=X", CONTENT_LENGTH="102000000"
    )
    assert answer.status_code == 400


def test_who_breaks_off_leaves_no_file(town: Town) -> None:
    class Broken(BytesIO):
        def read(self, *args: Any) -> bytes:
            if self.tell() > 200:
                raise OSError("connection lost")
            return super().read(80)

    head = b'--X\r\nContent-Disposition: form-data; name="photo_files"; filename="a.jpg"\r\n\r\n' + b"x" * 500
    kind = "multipart/form-data; boundary=X"
    request = RequestFactory().generic("POST", "/melden/fotos", head, content_type=kind, headers={"host": town.host})
    request.environ["wsgi.input"] = request._stream = Broken(head)
    with pytest.raises(UnreadablePostError):
        request.POST  # noqa: B018  reading is what is tested
    gc.collect()
    assert not settings.INCOMING_DIR.exists() or list(settings.INCOMING_DIR.iterdir()) == []
