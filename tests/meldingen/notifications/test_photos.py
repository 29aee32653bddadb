"""Who sees the photos of a melding outside: its reporter, by the private address."""

import uuid

import pytest
from django.test import Client

from meldingen.attachments.models import Photo
from meldingen.record.models import Melding
from tests.factories import Town, follower_of
from tests.meldingen.attachments.conftest import photo, private, receive
from tests.sure import sure

__all__ = ["photo", "private", "receive"]


@pytest.fixture
def melding(town: Town, photo: Photo) -> Melding:
    melding = town.melding()
    Photo.objects.update(melding=melding)
    return melding


def address(token: str, key: object, size: str = "groot") -> str:
    return f"/volg/{token}/foto/{key}/{size}"


def test_the_reporter_sees_them_small_and_large(resident: Client, melding: Melding, photo: Photo) -> None:
    page = resident.get(f"/volg/{melding.follow_token}").text
    for size in ("klein", "groot"):
        assert address(melding.follow_token, photo.key, size) in page
        answer = resident.get(address(melding.follow_token, photo.key, size))
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store, private")


def test_everybody_else_finds_nothing(
    town: Town, neighbour: Town, resident: Client, melding: Melding, photo: Photo
) -> None:
    elsewhere = Client(headers={"host": neighbour.host})
    follower = follower_of(melding)
    assert elsewhere.get(address(melding.follow_token, photo.key)).status_code == 404
    for token in (sure(follower.token), town.melding().follow_token, "a" * 43):
        assert resident.get(address(token, photo.key)).status_code == 404
    assert "/foto/" not in resident.get(f"/volg/{follower.token}").text


@pytest.mark.parametrize("size", ["original", "large", "x"])
def test_no_other_file_has_an_address(resident: Client, melding: Melding, photo: Photo, size: str) -> None:
    assert resident.get(address(melding.follow_token, photo.key, size)).status_code == 404
    assert resident.get(address(melding.follow_token, uuid.uuid4())).status_code == 404


@pytest.mark.parametrize(
    ("state", "words"), [("waiting", "maken hem klaar"), ("unreadable", "kon niet gelezen worden")]
)
def test_what_is_not_there_is_said(resident: Client, melding: Melding, state: str, words: str) -> None:
    Photo.objects.update(state=state)
    assert words in resident.get(f"/volg/{melding.follow_token}").text
