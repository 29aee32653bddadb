"""Hashing takes a slot in a request, and none in a command."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from pytest_django import Settings

from meldingen.limits.slots import Busy
from meldingen.staffsite import hashing
from meldingen.staffsite.hashing import in_request, slots


@pytest.fixture(autouse=True)
def real_hasher(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hasher of production, with slots of its own."""
    settings.PASSWORD_HASHERS = ["meldingen.staffsite.hashing.SlottedHasher"]
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(hashing, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr(hashing.SlottedHasher, "iterations", 1000)


@pytest.fixture
def all_taken(settings: Settings) -> Iterator[None]:
    """Somebody has the one slot."""
    settings.REQUEST_SLOTS = 2
    with slots().take(0):
        yield


def test_what_it_makes_is_what_django_makes() -> None:
    encoded = make_password("een-lang-wachtwoord")
    assert identify_hasher(encoded).algorithm == "pbkdf2_sha256"
    assert check_password("een-lang-wachtwoord", encoded)
    assert not check_password("een-ander-wachtwoord", encoded)


def test_a_check_in_a_request_takes_a_slot(all_taken: None) -> None:
    encoded = make_password("een-lang-wachtwoord")
    with in_request(), pytest.raises(Busy):
        check_password("een-lang-wachtwoord", encoded)
    with in_request(), pytest.raises(Busy):
        make_password("een-lang-wachtwoord")


def test_a_command_asks_for_no_slot(all_taken: None) -> None:
    assert make_password("een-lang-wachtwoord")


@pytest.mark.parametrize(("requests", "hash_", "wait"), [(1, 1, 0), (2, 1, 0), (4, 2, 1), (8, 4, 2), (9, 4, 2)])
def test_half_of_the_request_slots_hash_and_a_quarter_waits(
    settings: Settings, requests: int, hash_: int, wait: int
) -> None:
    settings.REQUEST_SLOTS = requests
    assert (len(slots().free), len(slots().chairs)) == (hash_, wait)
