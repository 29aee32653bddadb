"""The page of one melding says which of its worklist it is, and leads to the ones beside it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meldingen.handling import triage
from meldingen.handling.desk import stepping, worklists
from meldingen.record.models import Melding
from tests.factories import Town

PAGE = "/beheer/meldingen/melding/{}/change/"


@pytest.fixture
def three(town: Town, now: datetime) -> list[Melding]:
    return [town.melding(received_at=now - timedelta(hours=hours), category=town.container) for hours in (1, 2, 3)]


def steps(client: Client, melding: Melding, **query: Any) -> Any:
    page: Any = client.get(PAGE.format(melding.pk), query)
    return page.context_data["steps"]


def test_it_says_which_one_it_is_and_leads_to_those_beside_it(triager: Client, three: list[Melding]) -> None:
    shown = steps(triager, three[1], list="open")
    assert (shown.position, shown.number) == (2, "3")
    assert shown.previous == PAGE.format(three[0].pk) + "?list=open"
    assert shown.following == PAGE.format(three[2].pk) + "?list=open"


def test_it_keeps_to_the_filters_that_stood(triager: Client, town: Town, three: list[Melding]) -> None:
    town.melding(category=town.dumping)
    shown = steps(triager, three[0], list="open", category=town.container.pk)
    assert (shown.position, shown.number, shown.previous) == (1, "3", "")
    assert f"category={town.container.pk}" in shown.following


def test_from_nowhere_there_are_no_steps(triager: Client, three: list[Melding]) -> None:
    page: Any = triager.get(PAGE.format(three[0].pk))
    assert "steps" not in page.context_data


def test_what_left_the_list_is_no_number_of_it_and_leads_on(triager: Client, town: Town, three: list[Melding]) -> None:
    triage.close(triage.Case(melding_id=three[1].pk, municipality=town.municipality, actor=town.member()), "solved")
    shown = steps(triager, three[1], list="open")
    assert (shown.position, shown.number) == (0, "")
    assert str(three[2].pk) in shown.following


def test_what_has_no_place_in_an_order_has_no_neighbours(triager: Client, town: Town) -> None:
    assert steps(triager, town.melding(deadline=None), list="late") == stepping.Steps(0, "", "", "")


def test_counting_stops(triager: Client, three: list[Melding], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stepping, "CAP", 1)
    monkeypatch.setattr(worklists, "CAP", 1)
    assert [steps(triager, each, list="open").position for each in three] == [1, 0, 0]
    with CaptureQueriesContext(connection) as asked:
        assert steps(triager, three[0], list="open").number == "1+"
    assert sum(each["sql"].endswith(("LIMIT 2", "LIMIT 3")) for each in asked) == 2


@pytest.mark.parametrize("query", [{"list": "weg"}, {"list": "open", "team": "0x"}, {"saved": "999999"}])
def test_a_list_that_there_is_not_is_no_page(triager: Client, three: list[Melding], query: dict[str, str]) -> None:
    assert triager.get(PAGE.format(three[0].pk), query).status_code == 404


def test_a_team_of_another_town_is_no_page(triager: Client, three: list[Melding], neighbour: Town) -> None:
    query = {"list": "open", "team": str(neighbour.roads.pk)}
    assert triager.get(PAGE.format(three[0].pk), query).status_code == 404


def act(client: Client, melding: Melding, name: str, **data: Any) -> Any:
    data = {"seen": triage.snapshot(melding), "view": "list=open"} | data
    return client.post(f"/beheer/meldingen/melding/{melding.pk}/{name}/doen/", data)


def test_who_acts_keeps_their_place(triager: Client, three: list[Melding]) -> None:
    assert act(triager, three[1], "note", text="Gebeld.").url == PAGE.format(three[1].pk) + "?list=open"
    refused = act(triager, three[1], "note", text="")
    assert refused.context_data["steps"].position == 2


def test_who_is_done_with_one_goes_on_in_the_list(triager: Client, town: Town, three: list[Melding]) -> None:
    answer = act(triager, three[0], "recategorise", category=town.dumping.pk, next="1")
    assert answer.url == PAGE.format(three[1].pk) + "?list=open"
    undone = triager.post("/beheer/ongedaan/", {"own": "1", "view": "list=open"})
    assert undone["Location"] == PAGE.format(three[0].pk) + "?list=open"


def test_the_pane_leads_to_the_page_with_the_list(triager: Client, three: list[Melding]) -> None:
    page = triager.get("/beheer/", {"list": "open", "state": "new", "melding": str(three[0].pk)})
    assert PAGE.format(three[0].pk) + "?list=open&amp;state=new" in page.text


def test_it_costs_two_statements(triager: Client, three: list[Melding]) -> None:
    def questions(**query: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            triager.get(PAGE.format(three[0].pk), query)
        return len(asked)

    assert questions(list="open") == questions() + 2
