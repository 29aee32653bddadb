"""The front page of the staff site: worklists, their meldingen, and one of them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meldingen.handling import saved_worklists, triage
from meldingen.handling.desk import listing, worklists
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.handling.desk.test_narrowing import narrowed
from tests.staff import at, full_melding

INBOX = "/beheer/"


def shown(client: Client, **query: Any) -> list[int]:
    page: Any = client.get(INBOX, query)
    return [item["row"].melding.pk for item in page.context_data["rows"]]


def test_a_triage_officer_begins_with_what_is_to_be_judged(triager: Client, town: Town, now: datetime) -> None:
    older, newer = town.melding(received_at=now - timedelta(hours=2)), town.melding(received_at=now)
    danger = town.melding(received_at=now - timedelta(days=2), priority=4)
    town.melding(is_suspect=True)
    page: Any = triager.get(INBOX)
    assert [item["row"].melding for item in page.context_data["rows"]] == [danger, newer, older]
    assert "Te beoordelen" in page.text


def test_a_handler_begins_with_the_work_of_their_team(town: Town) -> None:
    handler = town.member("handler")
    member = handler.memberships.get()
    member.teams.add(town.cleaning, through_defaults={"municipality": town.municipality})
    own = town.melding(team=town.cleaning)
    town.melding(team=town.roads)
    assert shown(at(town, handler)) == [own.pk]


def test_each_worklist_holds_what_it_says(triager: Client, town: Town, now: datetime) -> None:
    late, today = town.melding(deadline=now - timedelta(days=2)), town.melding(deadline=now + timedelta(seconds=1))
    suspect = town.melding(is_suspect=True)
    assert shown(triager, list="late") == [late.pk]
    assert set(shown(triager, list="today")) <= {today.pk}
    assert shown(triager, list="suspect") == [suspect.pk]
    for empty in ("mine", "my-team", "reopened", "waiting"):
        assert shown(triager, list=empty) == []


def test_mine_is_what_i_have_in_hand(town: Town) -> None:
    me, melding = town.member(), town.melding()
    triage.take(triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=me))
    assert shown(at(town, me), list="mine") == [melding.pk]


def test_terms_stand_in_the_order_in_which_they_end(triager: Client, town: Town, now: datetime) -> None:
    first, second = (town.melding(deadline=now - timedelta(days=days)) for days in (5, 1))
    assert shown(triager, list="late") == [first.pk, second.pk]


def test_the_work_of_a_team_has_what_is_late_on_top_and_hides_nothing(town: Town, now: datetime) -> None:
    handler = town.member("handler")
    handler.memberships.get().teams.add(town.cleaning, through_defaults={"municipality": town.municipality})
    late = town.melding(team=town.cleaning, received_at=now - timedelta(days=9), deadline=now - timedelta(days=2))
    without = town.melding(team=town.cleaning, received_at=now)
    assert shown(at(town, handler)) == [late.pk, without.pk]


def test_what_was_opened_again_says_so_in_its_row(triager: Client, town: Town, now: datetime) -> None:
    again, _other = (town.melding(deadline=now + timedelta(days=3)) for _each in range(2))
    for step in ("solved", "reopened"):
        lifecycle.move(again, step, actor=events.SWEEP)
    assert triager.get(INBOX, {"list": "open"}).text.count("weer open") == 1


def test_counting_stops_after_ninety_nine(triager: Client, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklists, "CAP", 3)
    for _number in range(5):
        town.melding()
    with CaptureQueriesContext(connection) as asked:
        page: Any = triager.get(INBOX)
    assert page.context_data["number"] == "3+"
    (counting,) = [each["sql"] for each in asked if "counted" in each["sql"]]
    assert counting.count("LIMIT 4") == counting.count("FROM (SELECT")


def test_the_list_and_its_counts_ask_little_however_many_there_are(triager: Client, town: Town, now: datetime) -> None:
    def questions(**query: Any) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert triager.get(INBOX, query).status_code == 200
        return len(asked)

    town.melding()
    few = questions()
    for number in range(30):
        town.melding(category=town.container, team=town.roads, buurt=town.east, deadline=now + timedelta(days=number))
    assert questions() == few <= 12
    melding = full_melding(town)
    questions(melding=melding.pk)  # a new process reads the coordinate system once
    assert questions(melding=melding.pk) <= few + 8
    narrow = {"list": "open", "team": str(town.roads.pk)}
    Melding.objects.filter(pk=melding.pk).update(team=town.roads)
    assert questions(**narrow, melding=melding.pk) <= questions(**narrow) + 8
    words = {"list": "open", "words": narrowed(triager, "puilt").rpartition("=")[2]}
    assert questions(**words) <= 12
    assert questions(**words, melding=melding.pk) <= questions(**words) + 8


def test_who_is_done_with_one_goes_on_with_the_next_of_the_list(triager: Client, town: Town, now: datetime) -> None:
    first, second = (town.melding(received_at=now - timedelta(hours=hours)) for hours in (1, 2))
    answer = act(triager, first, "close", outcome="solved", text="")
    assert answer["Location"] == f"{INBOX}?list=to-judge&melding={second.pk}"
    assert "Laatste: " in triager.get(answer["Location"]).text


def test_who_leaves_a_note_stays(triager: Client, town: Town) -> None:
    melding = town.melding()
    town.melding()
    assert f"melding={melding.pk}" in act(triager, melding, "note", text="Bellen.")["Location"]


def test_after_the_last_one_nothing_is_left_and_the_next_list_is_a_button(triager: Client, town: Town) -> None:
    melding = town.melding()
    town.melding(is_suspect=True)
    answer = act(triager, melding, "close", outcome="solved", text="")
    page: Any = triager.get(answer["Location"])
    assert "Alles beoordeeld. Mooi." in page.text
    assert page.context_data["next_list"]["slug"] == "suspect"


def test_what_is_refused_is_said_beside_the_list_with_what_was_typed(triager: Client, town: Town) -> None:
    melding = town.melding()
    page: Any = act(triager, melding, "close", outcome="declined", text="  ")
    assert page.status_code == 200
    assert page.context_data["busy"].errors["text"]
    assert [item["row"].is_selected for item in page.context_data["rows"]] == [True]


def test_a_saved_worklist_is_asked_anew_each_time(town: Town) -> None:
    me, melding = town.member(), town.melding(team=town.roads)
    town.melding()
    saved = saved_worklists.save(town.municipality, me, "Wegen", f"list=open&team={town.roads.pk}")
    assert shown(at(town, me), saved=saved.pk) == [melding.pk]
    assert at(town, town.member()).get(INBOX, {"saved": saved.pk}).status_code == 404


def act(client: Client, melding: Melding, name: str, **data: Any) -> Any:
    said = {"seen": triage.snapshot(melding), "inbox": "list=to-judge"} | data
    return client.post(f"/beheer/meldingen/melding/{melding.pk}/{name}/doen/", said)


@pytest.mark.parametrize("query", [{"list": "open"}, {"list": "open", "state": "new"}, {"list": "all"}])
def test_the_pane_says_which_one_it_is_with_filters_and_on_later_pages(
    triager: Client, town: Town, now: datetime, query: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "SIZE", 2)
    rows = [town.melding(received_at=now - timedelta(hours=hours)) for hours in range(4)]
    for place, melding in enumerate(rows, 1):
        page: Any = triager.get(INBOX, query | {"melding": str(melding.pk)})
        assert f"<span>{place} van 4</span>" in page.text
