from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import QueryDict

from meldingen.handling import triage
from meldingen.handling.desk import asked as asking
from meldingen.handling.desk.asked import Asked
from meldingen.handling.desk.worklists import Reader
from meldingen.record.models import Melding
from tests.factories import Town

NOW = datetime(2026, 5, 6, 12, tzinfo=UTC)  # a Wednesday


def found(town: Town, query: str) -> set[int]:
    asked = asking.read(QueryDict(query), "all")
    reader = Reader(0, frozenset(), NOW, "Europe/Amsterdam")
    rows = Melding.objects.of(town.municipality)
    return {each.pk for each in asking.narrow(rows, asked, asking.look_up(asked, town.municipality), reader)}


def test_several_categories_and_what_is_under_a_main_one(town: Town) -> None:
    full, dumped, none = (town.melding(category=each) for each in (town.container, town.dumping, None))
    both = f"category={town.container.pk}&category={town.dumping.pk}"
    assert found(town, both) == found(town, f"category={town.waste.pk}") == {full.pk, dumped.pk}
    assert found(town, "category=0") == {none.pk}
    assert found(town, f"category=0&category={town.dumping.pk}") == {none.pk, dumped.pk}


def test_a_team_and_no_team_yet(town: Town) -> None:
    roads, none = town.melding(team=town.roads), town.melding()
    town.melding(team=town.cleaning)
    assert found(town, f"team=0&team={town.roads.pk}") == {roads.pk, none.pk}


def test_a_colleague_and_nobody(town: Town) -> None:
    me = town.member()
    mine, nobodys = town.melding(), town.melding()
    triage.take(triage.Case(melding_id=mine.pk, municipality=town.municipality, actor=me))
    assert found(town, f"person={me.pk}") == {mine.pk}
    assert found(town, "person=0") == {nobodys.pk}


def test_a_wijk_stands_for_its_buurten(town: Town) -> None:
    west, east = town.melding(buurt=town.west), town.melding(buurt=town.east)
    assert found(town, f"area={town.west.code}") == {west.pk}
    assert found(town, f"area={town.wijk.code}") == {west.pk, east.pk}


def test_days_are_whole_days_of_the_town(town: Town) -> None:
    late = town.melding(received_at=datetime(2026, 5, 5, 21, 59, tzinfo=UTC))
    next_day = town.melding(received_at=datetime(2026, 5, 5, 22, tzinfo=UTC))
    assert found(town, "since=2026-05-05&until=2026-05-05") == {late.pk}
    assert found(town, "since=2026-05-06") == {next_day.pk}


def test_a_week_ends_on_sunday(town: Town) -> None:
    sunday = town.melding(deadline=datetime(2026, 5, 10, 21, tzinfo=UTC))
    town.melding(deadline=datetime(2026, 5, 10, 22, tzinfo=UTC))
    late = town.melding(deadline=NOW - timedelta(minutes=1))
    assert found(town, "deadline=week") == {sunday.pk}
    assert found(town, "deadline=today") == set()
    assert found(town, "deadline=late") == {late.pk}


def test_state_and_channel(town: Town) -> None:
    web, phone = town.melding(), town.melding(source="phone")
    assert found(town, "channel=phone") == {phone.pk}
    assert found(town, "state=new&channel=web") == {web.pk}


def test_an_address_says_again_what_it_asked() -> None:
    query = "list=open&state=new&state=waiting&team=0&team=4&area=BU1&deadline=week&since=2026-05-05&sort=term"
    assert asking.read(QueryDict(query), "all").query() == query


@pytest.mark.parametrize("day", ["morgen", "5-5-2026", "2026-02-30", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_is_said(day: str) -> None:
    with pytest.raises(asking.UnreadableDate):
        asking.read(QueryDict(f"until={day}"), "all")


@pytest.mark.parametrize("query", ["list=x", "state=x", "team=x", "team=-1", "sort=pk", "deadline=x", "channel=x"])
def test_what_stands_on_no_list_is_unknown(query: str) -> None:
    with pytest.raises(asking.Unknown):
        asking.read(QueryDict(query), "all")


def test_more_than_somebody_chooses_is_unknown() -> None:
    with pytest.raises(asking.Unknown):
        asking.read(QueryDict("&".join(f"team={number}" for number in range(1, 60))), "all")


def test_each_filter_is_named_and_can_be_left_out(town: Town) -> None:
    asked = Asked("open", team=(0, town.roads.pk), since=date(2026, 5, 5), deadline="week", state=("new",))
    chips = asking.chips(asked, asking.look_up(asked, town.municipality))
    assert [chip.words for chip in chips] == [
        "Nieuw", "Wegen, nog geen team", "deze week aan de beurt", "vanaf 5 mei 2026"
    ]  # fmt: skip
    assert chips[1].without == "list=open&state=new&deadline=week&since=2026-05-05"
