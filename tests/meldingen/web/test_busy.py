"""When too many passwords are looked at, the rest is asked to come back, and nobody else notices."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from meldingen.staffsite import hashing
from meldingen.staffsite.hashing import slots
from tests.factories import PASSWORD, Town


@pytest.fixture
def all_taken(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every slot in which a password may be hashed is somebody else's."""
    settings.PASSWORD_HASHERS = ["meldingen.staffsite.hashing.SlottedHasher"]
    settings.DATA_DIR, settings.REQUEST_SLOTS = tmp_path, 2
    monkeypatch.setattr(hashing, "PATIENCE_SECONDS", 0)
    with slots().take(0):
        yield


@pytest.mark.parametrize("name", ["bestaat-niet", None])
def test_a_log_in_is_asked_to_come_back(town: Town, all_taken: None, name: str | None) -> None:
    said = {"username": name or town.member().username, "password": PASSWORD}
    page = Client(headers={"host": town.host}).post("/beheer/login/", said)
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert "Wacht tien seconden, ga terug en verstuur het opnieuw" in page.text


def test_all_other_pages_go_on(resident: Client, town: Town, all_taken: None) -> None:
    colleague = Client(headers={"host": town.host})
    colleague.force_login(town.member())
    assert colleague.get("/beheer/").status_code == 200
    assert resident.get("/gezond").status_code == resident.get("/melden/").status_code == 200


def test_a_password_that_is_changed_takes_a_slot_too(town: Town, all_taken: None) -> None:
    colleague = Client(headers={"host": town.host})
    colleague.force_login(town.member())
    said = {"old_password": PASSWORD, "new_password1": "nog-een-wachtwoord", "new_password2": "nog-een-wachtwoord"}
    assert colleague.post("/beheer/password_change/", said).status_code == 503
