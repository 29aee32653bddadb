import uuid
from typing import Any

import pytest
from django.test import Client

from meldingen.record.models import Melding
from tests.factories import Town
from tests.problems import places_of

ADDRESS = "/api/v1/meldingen"


@pytest.fixture
def body(town: Town) -> dict[str, Any]:
    return {"text": "Lamp kapot", "place": {"buurt": town.west.code}}


def post(client: Client, body: dict[str, Any], key: str) -> Any:
    return client.post(ADDRESS, body, content_type="application/json", headers={"idempotency-key": key})


def test_the_same_sent_twice_is_one_melding(resident: Client, body: dict[str, Any]) -> None:
    first, again = post(resident, body, "bestelling-7"), post(resident, body, '"bestelling-7"')
    assert (first.status_code, first.json()) == (201, again.json())
    assert Melding.objects.count() == 1


def test_the_key_is_not_in_the_database(resident: Client, body: dict[str, Any]) -> None:
    key = uuid.uuid4()
    post(resident, body, str(key))
    assert Melding.objects.get().submission_key not in (None, key)


def test_the_same_key_with_other_words_is_a_409_at_the_header(resident: Client, body: dict[str, Any]) -> None:
    follow = post(resident, body, "sleutel").json()["follow_url"]
    answer = post(resident, body | {"text": "Iets anders"}, "sleutel")
    assert (answer.status_code, places_of(answer)) == (409, ["Idempotency-Key"])
    assert follow not in answer.text


def test_the_neighbour_may_use_the_same_key(resident: Client, body: dict[str, Any], neighbour: Town) -> None:
    post(resident, body, "sleutel")
    there = Client(headers={"host": neighbour.host})
    assert post(there, body | {"place": {"buurt": neighbour.west.code}}, "sleutel").status_code == 201


@pytest.mark.parametrize("key", ["", "met spatie", "x" * 256, '""', "\x07", "é"])
def test_what_is_no_key_is_named_beside_all_else_that_is_wrong(
    resident: Client, body: dict[str, Any], key: str
) -> None:
    answer = post(resident, body | {"text": ""}, key)
    assert (answer.status_code, places_of(answer)) == (400, ["#/text", "Idempotency-Key"])
    assert not Melding.objects.exists()


def test_two_keys_are_one_too_many(resident: Client, body: dict[str, Any]) -> None:
    answer = post(resident, body | {"submission_key": str(uuid.uuid4())}, "sleutel")
    assert (answer.status_code, places_of(answer)) == (400, ["Idempotency-Key"])
