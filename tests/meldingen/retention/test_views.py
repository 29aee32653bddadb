"""A manager gives a person what is kept of them, or erases them; nothing that was typed stands in an address."""

from typing import Any

import pytest
from django.test import Client

from meldingen.record.models import Reporter
from meldingen.tenancy.models import AuditEntry
from tests.factories import Town, reporter_of
from tests.staff import at

PAGE = "/beheer/persoon/"
WIM = {"address": "wim@example.org", "way": "call"}


@pytest.fixture
def wim(town: Town) -> Reporter:
    return reporter_of(town.melding(reference="AAAA1111"), "wim@example.org", name="Wim", phone="0612345678")


def test_what_there_is_is_shown_before_anything_happens(manager: Client, wim: Reporter) -> None:
    page = manager.post(PAGE, WIM)
    assert "AAAA1111" in page.text
    assert "nog niet bevestigd" in page.text
    assert "no-store" in page["Cache-Control"]
    line = AuditEntry.objects.get()
    assert (line.kind, line.codes) == ("contact_searched", {"meldingen": 1})
    assert Reporter.objects.exists()


def test_everything_comes_as_one_file(manager: Client, wim: Reporter) -> None:
    answer: Any = manager.post(PAGE, WIM | {"file": "1"})
    assert answer["Content-Type"] == "application/zip"
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert "wim" not in answer["Content-Disposition"]


def test_who_is_not_sure_erases_nobody(manager: Client, wim: Reporter) -> None:
    page = manager.post(PAGE, WIM | {"erase": "1"})
    assert "Vink dit aan" in page.text
    assert Reporter.objects.exists()


def test_who_is_sure_erases_them_and_reads_how_much(manager: Client, wim: Reporter) -> None:
    page = manager.post(PAGE, WIM | {"erase": "1", "sure": "on"}, follow=True)
    assert "De persoon is gewist" in page.text
    assert not Reporter.objects.exists()
    assert "Er is niets bewaard" in manager.post(PAGE, WIM).text


@pytest.mark.parametrize("values", [{"address": "wim"}, {"way": ""}, {"way": "gevoel"}, {"address": ""}])
def test_without_an_address_or_how_it_is_known_nothing_is_looked_up(
    manager: Client, wim: Reporter, values: dict[str, str]
) -> None:
    page = manager.post(PAGE, WIM | values | {"file": "1"})
    assert page["Content-Type"].startswith("text/html")
    assert "AAAA1111" not in page.text
    assert not AuditEntry.objects.exists()


def test_nobody_else_and_nobody_elsewhere(triager: Client, neighbour: Town, wim: Reporter) -> None:
    assert triager.post(PAGE, WIM).status_code == 403
    stranger = at(neighbour, neighbour.member("manager"))
    assert "AAAA1111" not in stranger.post(PAGE, WIM).text
    stranger.post(PAGE, WIM | {"erase": "1", "sure": "on"})
    assert Reporter.objects.exists()
