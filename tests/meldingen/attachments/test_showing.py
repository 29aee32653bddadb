import pytest
from django.http import Http404

from meldingen.attachments import files, showing
from meldingen.attachments.models import Photo
from tests.meldingen.attachments.conftest import Receive


def test_it_is_given_as_a_picture_that_nobody_keeps(photo: Photo) -> None:
    response = showing.give(photo, files.LARGE)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == 'inline; filename="foto.jpg"'
    assert (response["Cache-Control"], response["X-Content-Type-Options"]) == ("no-store, private", "nosniff")
    assert b"".join(response).startswith(b"\xff\xd8")


@pytest.mark.parametrize("state", ["waiting", "unreadable", "infected"])
def test_what_is_not_ready_is_not_there(photo: Photo, state: str) -> None:
    photo.state = state
    with pytest.raises(Http404):
        showing.give(photo, files.LARGE)


def test_no_photo_and_no_file_are_not_there(receive: Receive) -> None:
    gone = receive()
    gone.state = Photo.State.READY
    for photo in (None, gone):
        with pytest.raises(Http404):
            showing.give(photo, files.LARGE)


def test_each_knows_its_number_and_its_addresses(photo: Photo) -> None:
    shown = showing.pictures_of([photo, photo], lambda _photo, which: f"/{which}")
    assert [(each.number, each.total, each.small, each.large) for each in shown] == [
        (1, 2, "/small", "/large"),
        (2, 2, "/small", "/large"),
    ]
