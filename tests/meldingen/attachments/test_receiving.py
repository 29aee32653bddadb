import re
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from pytest_django import Settings

from meldingen import queueing
from meldingen.attachments import arrivals, receiving, tasks, tokens
from meldingen.attachments.models import Photo
from meldingen.limits.senders import Sender
from meldingen.refusals import Refused
from tests.factories import Town
from tests.meldingen.attachments.conftest import FORM, Receive, files_in
from tests.meldingen.attachments.pictures import SVG, arrival, encoded


def refused(town: Town, file: arrivals.Arrival, sender: Sender | None = None) -> Refused:
    with pytest.raises(Refused) as why:
        receiving.receive(town.municipality, FORM, file, sender=sender)
    return why.value


def test_it_is_kept_as_it_came_and_asked_for(receive: Receive, private: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(queueing, "after_commit", lambda task, pk: asked.append((task, pk)))
    photo = receive(encoded("PNG"))
    (name,) = files_in(private)
    assert (private / "photos" / name[:2] / name).read_bytes() == encoded("PNG")
    photo.refresh_from_db()
    assert (photo.state, photo.melding, photo.due_at is None) == ("waiting", None, False)
    assert asked == [(tasks.prepare_photo, photo.pk)]


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty"), (SVG, "no_photo"), (encoded() + b"x" * arrivals.MOST_BYTES, "too_large")]
)
def test_what_is_no_photo_leaves_nothing(town: Town, private: Path, content: bytes, code: str) -> None:
    why = refused(town, arrival(content, "vakantie.jpg"))
    assert (why.code, "vakantie.jpg" in str(why.message)) == (code, True)
    assert not Photo.objects.exists()
    assert files_in(private) == []


def full(*_args: Any) -> None:
    raise OSError(28, "No space left on device")


def test_a_disk_that_is_full_is_said_and_leaves_nothing(
    town: Town, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FileSystemStorage, "_save", full)
    assert refused(town, arrival(encoded())).code == "no_room"
    assert not Photo.objects.exists()
    assert files_in(private) == []


def test_a_disk_that_is_full_while_it_comes_in_is_said(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    file = arrivals.Arrival("foto.jpg", "image/jpeg")
    monkeypatch.setattr(file.file, "write", full)
    file.take(encoded(), 0)
    file.end(len(encoded()))
    assert refused(town, file).code == "no_room"


def test_too_many_from_one_network_are_told_to_wait(town: Town, receive: Receive, limited: Callable[..., Any]) -> None:
    limited(photos="2/hour")
    sender = Sender(narrow="192.0.2.0/24", wide="192.0.0.0/16")
    for number in range(2):
        with closing(arrival(encoded() + b"%d" % number)) as file:
            receiving.receive(town.municipality, FORM, file, sender=sender)
    why = refused(town, arrival(encoded(), "lek.jpg"), sender)
    assert (why.code, "lek.jpg" in str(why.message)) == ("too_often", True)
    assert re.search(r"\b\d+ minu", str(why.message))
    receive()  # a colleague is not counted


def test_the_sixth_is_refused_by_its_name() -> None:
    receiving.refuse_more(arrival(encoded()), 4)
    with pytest.raises(Refused) as why:
        receiving.refuse_more(arrival(encoded(), "lek.jpg"), 5)
    assert "lek.jpg" in str(why.value.message)


def test_the_same_file_is_one_photo_of_its_form_until_it_was_sent(town: Town, receive: Receive, private: Path) -> None:
    first = receive(encoded())
    assert receive(encoded()).pk == first.pk
    Photo.objects.update(melding=town.melding())
    assert receive(encoded()).pk != first.pk
    with closing(arrival(encoded())) as file:
        receiving.receive(town.municipality, uuid.uuid4(), file, sender=None)
    assert Photo.objects.count() == len(files_in(private)) == 3


def test_who_changes_their_mind_removes_it_with_its_files(town: Town, photo: Photo, private: Path) -> None:
    receiving.give_up(town.municipality, FORM, tokens.token_of(photo))
    assert not Photo.objects.exists()
    assert files_in(private) == []


def test_nobody_removes_that_of_another_form_or_one_that_was_sent(town: Town, photo: Photo) -> None:
    receiving.give_up(town.municipality, uuid.uuid4(), tokens.token_of(photo))
    Photo.objects.update(melding=town.melding())
    receiving.give_up(town.municipality, FORM, tokens.token_of(photo))
    receiving.give_up(town.municipality, FORM, "forged")
    assert Photo.objects.count() == 1


def test_what_comes_in_is_gone_when_nobody_keeps_it(settings: Settings) -> None:
    file = arrival(encoded())
    assert len(list(settings.INCOMING_DIR.iterdir())) == 1
    file.close()
    assert list(settings.INCOMING_DIR.iterdir()) == []
