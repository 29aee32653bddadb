"""What an address of the inbox asks for, page by page."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from meldingen.handling import saved_worklists
from meldingen.handling.desk import listing
from meldingen.handling.models import BulkAct
from tests.factories import Town
from tests.meldingen.handling.desk.test_bulk import choose
from tests.meldingen.handling.desk.test_inbox import INBOX, shown
from tests.meldingen.handling.desk.test_narrowing import narrowed


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


def test_words_hold_on_every_page_for_the_neighbours_in_the_list_and_for_many_at_once(
    triager: Client, town: Town, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "SIZE", 2)
    made = [
        town.melding(text="bril" if hours % 2 else "lamp", received_at=now - timedelta(hours=hours)).pk
        for hours in range(7)
    ]
    address = narrowed(triager, "bril")
    first: Any = triager.get(address)
    second: Any = triager.get(first.context_data["older"])
    assert [item["row"].melding.pk for page in (first, second) for item in page.context_data["rows"]] == made[1::2]
    beside: Any = triager.get(f"{address}&melding={made[3]}")
    assert (beside.context_data["position"], beside.context_data["total"]) == (2, "3")
    choose(triager, "close", whole="on", inbox=address.partition("?")[2])
    assert set(BulkAct.objects.get().items.values_list("melding", flat=True)) == set(made[1::2])


def test_the_map_of_words_shows_what_the_list_shows(triager: Client, town: Town) -> None:
    found = town.melding(text="Een bril", point=town.point())
    town.melding(text="Een lamp", point=town.point())
    page: Any = triager.get(f"{narrowed(triager, 'bril')}&map=on")
    (spot,) = page.context_data["spots"]
    assert spot["row"].melding == found
    assert "words=" in page.context_data["spots_address"]
