import errno
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from meldingen.attachments import decoding, files, preparing, scanning
from meldingen.attachments.models import Photo
from tests.meldingen.attachments.conftest import Receive, files_in
from tests.meldingen.attachments.pictures import HEIC, drawing, encoded, exif


def prepared(photo: Photo) -> Photo:
    preparing.prepare(photo.pk)
    photo.refresh_from_db()
    return photo


@pytest.mark.parametrize("content", [encoded(exif=exif(6)), HEIC])
def test_two_clean_pictures_stay_and_the_original_goes(receive: Receive, private: Path, content: bytes) -> None:
    photo = prepared(receive(content))
    assert (photo.state, photo.due_at, photo.leased_until) == ("ready", None, None)
    assert files_in(private) == [f"{photo.key.hex}-small.jpg", f"{photo.key.hex}.jpg"]
    with Image.open(files.read(photo, files.SMALL)) as small:
        assert (photo.width, photo.height) == small.size


def test_a_damaged_photo_could_not_be_read_and_nothing_of_it_stays(receive: Receive, private: Path) -> None:
    content = encoded("PNG", drawing(2000, 1500))
    assert prepared(receive(content[:60] + bytes(20) + content[80:])).state == "unreadable"
    assert files_in(private) == []


def fails(monkeypatch: pytest.MonkeyPatch, failure: Exception) -> None:
    def run(*_args: Any, **_how: Any) -> None:
        raise failure

    monkeypatch.setattr(subprocess, "run", run)


def test_a_child_that_is_killed_is_a_photo_that_could_not_be_read(
    receive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails(monkeypatch, subprocess.CalledProcessError(-9, "x"))
    assert prepared(receive()).state == "unreadable"


def test_a_child_that_hangs_is_tried_once_more(receive: Receive, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = receive()
    fails(monkeypatch, subprocess.TimeoutExpired("x", 1))
    assert [prepared(photo).state for _time in range(3)] == ["waiting", "waiting", "unreadable"]


@pytest.mark.parametrize(
    "failure",
    [
        OSError(errno.ENOMEM, "no memory for a child"),
        OSError(errno.ENOSPC, "no room for its files"),
        subprocess.CalledProcessError(decoding.NO_ROOM, "x"),
    ],
)
def test_for_want_of_room_nothing_of_a_good_photo_is_lost(
    receive: Receive, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    photo = receive()
    with monkeypatch.context() as trouble:
        fails(trouble, failure)
        for _time in range(3):
            left = prepared(photo)
            assert (left.state, left.attempts, left.leased_until) == ("waiting", 0, None)
    assert prepared(photo).state == "ready"


def test_for_want_of_room_to_keep_the_pictures_it_is_made_again(
    receive: Receive, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo, write = receive(), files.write

    def full(photo: Photo, which: str, content: Any) -> None:
        if which == files.SMALL:
            raise OSError(errno.ENOSPC, "full")
        write(photo, which, content)

    with monkeypatch.context() as trouble:
        trouble.setattr(files, "write", full)
        assert (prepared(photo).state, photo.attempts) == ("waiting", 0)
    assert files_in(private) == [photo.key.hex]
    assert prepared(photo).state == "ready"


def test_of_two_workers_that_died_over_keeping_the_pictures_nothing_is_left(
    receive: Receive, monkeypatch: pytest.MonkeyPatch, private: Path
) -> None:
    photo, write = receive(), files.write

    def die(photo: Photo, which: str, content: Any) -> None:
        write(photo, which, content)
        raise Killed

    monkeypatch.setattr(files, "write", die)
    for _worker in range(2):
        with pytest.raises(Killed):
            preparing.prepare(photo.pk)
        Photo.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert f"{photo.key.hex}.jpg" in files_in(private)
    assert prepared(photo).state == "unreadable"
    assert files_in(private) == []


def test_a_child_that_dies_over_a_photo_takes_nobody_along(
    receive: Receive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deadly = tmp_path / "deadly.py"
    deadly.write_text("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    monkeypatch.setattr(decoding, "__file__", str(deadly))
    assert prepared(receive()).state == "unreadable"


def test_the_child_knows_none_of_our_secrets(receive: Receive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    curious = tmp_path / "curious.py"
    seen = tmp_path / "seen"
    curious.write_text(f"import os; open({str(seen)!r}, 'w').write(repr(dict(os.environ)))")
    monkeypatch.setattr(decoding, "__file__", str(curious))
    preparing.prepare(receive().pk)
    assert "SECRET" not in seen.read_text()
    assert "DATABASE" not in seen.read_text()


class Killed(BaseException):
    """The worker is no more."""


def test_what_two_workers_died_over_is_not_tried_a_third_time(
    receive: Receive, monkeypatch: pytest.MonkeyPatch, private: Path
) -> None:
    photo, tries = receive(), []

    def die(*_files: Any) -> None:
        tries.append(1)
        raise Killed

    monkeypatch.setattr(preparing, "_in_child", die)
    for _worker in range(2):
        with pytest.raises(Killed):
            preparing.prepare(photo.pk)
        preparing.prepare(photo.pk)  # the lease of the dead one holds
        Photo.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert prepared(photo).state == "unreadable"
    assert len(tries) == 2
    assert files_in(private) == []


def test_a_worker_that_died_just_before_it_said_so_is_believed(photo: Photo) -> None:
    Photo.objects.update(state="waiting", due_at=timezone.now())
    assert prepared(photo).state == "ready"


def test_what_is_ready_is_left_alone(photo: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "_decode", lambda _photo: pytest.fail("decoded again"))
    assert prepared(photo).state == "ready"


def test_of_a_photo_that_was_removed_meanwhile_nothing_is_left(
    receive: Receive, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo, in_child = receive(), preparing._in_child

    def remove_meanwhile(*opened: Any) -> Any:
        Photo.objects.all().delete()
        return in_child(*opened)

    monkeypatch.setattr(preparing, "_in_child", remove_meanwhile)
    preparing.prepare(photo.pk)
    assert files_in(private) == []


class Seen:
    """A scanner that says what a test wants."""

    def __init__(self, answer: bool | Exception) -> None:
        self.answer = answer

    def is_clean(self, _file: Any) -> bool:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_what_the_scanner_finds_something_in_is_gone(
    receive: Receive, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "scanner", lambda: Seen(False))
    assert prepared(receive()).state == "infected"
    assert files_in(private) == []


def test_while_the_scanner_is_away_it_waits_and_is_not_counted(
    receive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = receive()
    monkeypatch.setattr(preparing, "scanner", lambda: Seen(scanning.ScannerAway("x")))
    for _time in range(3):
        assert prepared(photo).state == "waiting"
    monkeypatch.setattr(preparing, "scanner", lambda: Seen(True))
    assert prepared(photo).state == "ready"
