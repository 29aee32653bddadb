"""Photos of programs: one at a time, then named by the melding of the same key."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from meldingen.attachments.models import Photo
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.attachments.conftest import private
from tests.meldingen.attachments.pictures import encoded
from tests.problems import places_of

ADDRESS = "/api/v1/fotos"
__all__ = ["private"]


def send(client: Client, key: str, data: bytes, name: str = "foto.jpg") -> Any:
    file = SimpleUploadedFile(name, data, "image/jpeg")
    return client.post(ADDRESS, {"submission_key": key, "photo_files": file}, headers={"accept-language": "nl"})


def melding(client: Client, town: Town, **more: Any) -> Any:
    body = {"text": "Gat in de weg", "place": {"buurt": town.west.code}} | more
    return client.post("/api/v1/meldingen", body, content_type="application/json")


@pytest.fixture
def key() -> str:
    return str(uuid.uuid4())


def test_a_photo_goes_with_the_melding_of_the_same_key(resident: Client, town: Town, key: str) -> None:
    stored = send(resident, key, encoded())
    assert stored.status_code == 201
    answer = melding(resident, town, submission_key=key, photos=[stored.json()["photo"]])
    assert answer.status_code == 201
    assert Photo.objects.get().melding == Melding.objects.get()


def test_a_photo_of_another_key_is_refused_and_nothing_stored(resident: Client, town: Town, key: str) -> None:
    photo = send(resident, str(uuid.uuid4()), encoded()).json()["photo"]
    answer = melding(resident, town, submission_key=key, photos=[photo])
    assert (answer.status_code, places_of(answer)) == (400, ["#/photos"])
    assert not Melding.objects.exists()


def test_photos_without_a_key_are_refused(resident: Client, town: Town, key: str) -> None:
    photo = send(resident, key, encoded()).json()["photo"]
    assert melding(resident, town, photos=[photo]).status_code == 400


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.4", b"GIF89a"])
def test_what_is_no_photo_is_refused_in_words_and_not_kept(resident: Client, town: Town, key: str, data: bytes) -> None:
    answer = send(resident, key, data)
    assert (answer.status_code, places_of(answer)) == (400, ["#/photo_files"])
    assert "foto.jpg" in answer.json()["detail"]
    assert not Photo.objects.exists()


@pytest.mark.parametrize(("typed", "place"), [({}, 2), ({"submission_key": "x", "photo_files": "tekst"}, 2)])
def test_what_is_missing_is_said_in_words(resident: Client, town: Town, typed: dict[str, str], place: int) -> None:
    answer = resident.post(ADDRESS, typed, headers={"accept-language": "nl"})
    assert (answer.status_code, len(places_of(answer))) == (400, place)


def test_json_is_told_to_come_as_a_form(resident: Client, town: Town) -> None:
    answer = resident.post(ADDRESS, {}, content_type="application/json", headers={"accept-language": "nl"})
    assert (answer.status_code, "multipart/form-data" in answer.json()["detail"]) == (415, True)
