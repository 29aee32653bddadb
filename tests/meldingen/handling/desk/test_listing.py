"""What an address of the inbox asks for, page by page."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from meldingen.handling import saved_worklists
from meldingen.handling.desk import listing
from tests.factories import Town
from tests.meldingen.handling.desk.test_inbox import INBOX, shown


def test_a_page_begins_where_it_began_whatever_came_in(
    triager: Client, town: Town, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "SIZE", 2)
    made = [town.melding(received_at=now - timedelta(hours=hours)).pk for hours in range(5)]
    first: Any = triager.get(INBOX)
    second: Any = triager.get(INBOX + first.context_data["older"].removeprefix(INBOX))
    town.melding(received_at=now)
    again: Any = triager.get(INBOX + first.context_data["older"].removeprefix(INBOX))
    for page in (second, again):
        assert [item["row"].melding.pk for item in page.context_data["rows"]] == made[2:4]
    back: Any = triager.get(INBOX + again.context_data["newer"].removeprefix(INBOX))
    assert [item["row"].melding.pk for item in back.context_data["rows"]] == made[:2]


def test_the_list_is_turned_to_the_melding_that_is_open(
    triager: Client, town: Town, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "SIZE", 2)
    made = [town.melding(received_at=now - timedelta(hours=hours)).pk for hours in range(5)]
    assert shown(triager, melding=made[3]) == made[3:5]


@pytest.mark.parametrize(
    "query",
    [
        {"list": "nonsense"}, {"state": "nonsense"}, {"team": "999999"}, {"category": "x"}, {"area": "BU00000000"},
        {"sort": "id"}, {"saved": "1"}, {"saved": "-"}, {"melding": "0"}, {"melding": "x"}, {"channel": "post"},
        {"person": "9" * 30}, {"deadline": "ooit"},
    ],
)  # fmt: skip
def test_what_no_page_of_ours_gives_is_not_found(triager: Client, town: Town, query: dict[str, str]) -> None:
    assert triager.get(INBOX, query).status_code == 404


def test_ids_of_another_town_are_not_found(triager: Client, town: Town, neighbour: Town) -> None:
    theirs = neighbour.member()
    saved = saved_worklists.save(neighbour.municipality, theirs, "Buren", "list=open", is_shared=True)
    for query in (
        {"melding": neighbour.melding().pk}, {"team": neighbour.roads.pk}, {"category": neighbour.waste.pk},
        {"area": neighbour.west.code}, {"person": theirs.pk}, {"saved": saved.pk},
    ):  # fmt: skip
        assert triager.get(INBOX, query).status_code == 404


@pytest.mark.parametrize("key", ["1", "1.x.3", "9" * 60, "1.99999999999999999.3", "-1.2.3", "1.2"])
def test_a_place_that_nobody_gave_is_the_beginning(triager: Client, town: Town, key: str) -> None:
    melding = town.melding()
    assert shown(triager, at=key) in ([melding.pk], [])
    assert triager.get(INBOX, {"before": key, "list": "late"}).status_code == 200
