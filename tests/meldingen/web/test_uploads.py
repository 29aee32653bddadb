from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from pytest_django import Settings

from meldingen.record.models import Melding
from meldingen.web import uploads


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Callable[..., Any]:
    """What reached a folder for files or a handler's hands."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    received = []
    for name in ("receive_data_chunk", "file_complete"):
        monkeypatch.setattr(uploads.LogosOnly, name, lambda *args: received.append(args))
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
