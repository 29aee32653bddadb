import pytest
from django.conf import settings
from django.test import Client

from meldingen.record.models import Melding
from tests.factories import Town
from tests.problems import words_of

ADDRESS = "/api/v1/meldingen"


@pytest.mark.parametrize("raw", ["[" * 100_000, '{"place":' * 100_000, '{"text": ' + "[" * 9000 + "]" * 9000 + "}"])
def test_a_body_nested_too_deep_is_a_400(resident: Client, raw: str) -> None:
    response = resident.post(ADDRESS, raw, content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_a_body_that_is_far_too_big_is_refused_and_not_read(resident: Client, town: Town) -> None:
    body = {"text": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE, "place": {"buurt": town.west.code}}
    response = resident.post(ADDRESS, body, content_type="application/json")
    said = ["Dit is te veel in één keer. Stuur hoogstens 1 MB."]
    assert (response.status_code, words_of(response)) == (413, said)
    assert not Melding.objects.exists()


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
def test_what_is_no_json_is_a_415(resident: Client, kind: str) -> None:
    response = resident.post(ADDRESS, "text=x", content_type=kind)
    said = ["Stuur JSON, met de header Content-Type: application/json."]
    assert (response.status_code, words_of(response)) == (415, said)


def test_a_name_that_stands_twice_is_told_and_nothing_is_stored(resident: Client, town: Town) -> None:
    raw = f'{{"text": "Lamp kapot", "place": {{"buurt": "{town.west.code}"}},\n "text": "Iets anders"}}'
    response = resident.post(ADDRESS, raw, content_type="application/json")
    assert response.status_code == 400
    assert "“text”" in response.json()["detail"]
    assert "regel 2, teken 2" in response.json()["detail"]
    assert not Melding.objects.exists()


@pytest.mark.parametrize("raw", [b'{"text": "\xff"}', b'{"text": NaN}'])
def test_what_is_no_text_is_a_400(resident: Client, raw: bytes) -> None:
    assert resident.post(ADDRESS, raw, content_type="application/json").status_code == 400


@pytest.mark.parametrize("charset", ["nergens", "base64", "utf-16"])
def test_an_unknown_charset_is_a_400(resident: Client, charset: str) -> None:
    response = resident.generic("POST", ADDRESS, b"{}", content_type=f"application/json; charset={charset}")
    assert response.status_code == 400
