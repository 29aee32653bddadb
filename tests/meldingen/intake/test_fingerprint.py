import uuid
from typing import Any

import pytest

from meldingen.intake.fingerprint import Content, fingerprint, matches, next_key

SAID: dict[str, str | float | None] = {"text": "Lamp kapot", "longitude": 5.1, "name": "Sam", "phone": ""}


def test_the_order_of_the_fields_does_not_count() -> None:
    assert fingerprint(dict(reversed(SAID.items()))) == fingerprint(SAID)


@pytest.mark.parametrize(
    "other", [SAID | {"text": "lamp kapot"}, SAID | {"name": "", "phone": "Sam"}, SAID | {"longitude": None}]
)
def test_the_same_value_under_another_name_is_something_else(other: Content) -> None:
    assert not matches(fingerprint(SAID), other)


def test_it_tells_nothing_without_the_secret_key(settings: Any) -> None:
    before = fingerprint(SAID)
    settings.SECRET_KEY = "another"
    assert fingerprint(SAID) != before
    assert not matches(before, SAID)


def test_it_outlives_a_secret_key_that_is_being_replaced(settings: Any) -> None:
    before = fingerprint(SAID)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert matches(before, SAID)


def test_what_was_forgotten_matches_nothing() -> None:
    assert not matches("", SAID)


def test_the_next_key_is_always_the_same_and_a_new_one() -> None:
    key = uuid.uuid4()
    assert next_key(key) == next_key(key)
    assert len({key, next_key(key), next_key(next_key(key))}) == 3
