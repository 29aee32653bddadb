"""A period may be held, and then nothing of it is drawn."""

from datetime import date, timedelta

import pytest
from django.test import Client

from analytics import grid
from meldingen.tenancy.models import User
from opendata import holds, releases
from opendata.models import Hold, Release
from opendata.refusals import HoldRefused, PeriodHeld
from tests.factories import Town
from tests.opendata.conftest import APRIL, MAY

REASON = "Wij kijken deze cijfers eerst na."


@pytest.fixture
def steward(city: Town) -> User:
    return city.member("reader", is_data_steward=True)


@pytest.fixture
def next_week(city: Town) -> date:
    return grid.today(city.municipality) + timedelta(days=7)


def test_a_period_that_is_held_is_not_drawn_until_it_is_let_go(city: Town, steward: User, next_week: date) -> None:
    grid.fix(city.municipality, 2026)
    assert MAY in releases.due_in(city.municipality, 2026)
    holds.hold(city.municipality, "2026-05", REASON, next_week, steward)
    assert MAY not in releases.due_in(city.municipality, 2026)
    with pytest.raises(PeriodHeld, match=REASON):
        releases.publish(city.municipality, MAY)
    holds.lift(city.municipality, "2026-05", steward)
    assert len(releases.publish(city.municipality, MAY)) == 3


def test_other_periods_and_other_towns_go_on(city: Town, steward: User, next_week: date) -> None:
    holds.hold(city.municipality, "2026-05", REASON, next_week, steward)
    assert releases.publish(city.municipality, APRIL)
    assert holds.current(Town(host="buren.example").municipality) == {}


def test_a_hold_ends_by_itself_on_its_day(city: Town, steward: User, next_week: date) -> None:
    holds.hold(city.municipality, "2026-05", REASON, next_week, steward)
    Hold.objects.update(until=grid.today(city.municipality))
    assert holds.current(city.municipality) == {}
    holds.hold(city.municipality, "2026-05", REASON, next_week, steward)
    assert Hold.objects.count() == 2


@pytest.mark.parametrize(
    ("period", "reason", "days", "field"),
    [
        ("2026-05", "even", 7, "reason"),
        ("2026-05", REASON, 0, "until"),
        ("2026-05", REASON, 400, "until"),
        ("mei", REASON, 7, "period"),
    ],
)
def test_what_cannot_be_held_says_why(
    city: Town, steward: User, period: str, reason: str, days: int, field: str
) -> None:
    until = grid.today(city.municipality) + timedelta(days=days)
    with pytest.raises(HoldRefused) as refusal:
        holds.hold(city.municipality, period, reason, until, steward)
    assert refusal.value.field == field


def test_what_is_out_is_not_held_and_what_is_held_not_twice(
    city: Town, steward: User, next_week: date, may: list[Release]
) -> None:
    with pytest.raises(HoldRefused):
        holds.hold(city.municipality, "2026-05", REASON, next_week, steward)
    holds.hold(city.municipality, "2026-06", REASON, next_week, steward)
    with pytest.raises(HoldRefused):
        holds.hold(city.municipality, "2026-06", REASON, next_week, steward)


def test_what_is_not_held_is_not_let_go(city: Town, steward: User) -> None:
    with pytest.raises(HoldRefused):
        holds.lift(city.municipality, "2026-05", steward)


def test_everybody_reads_why_and_until_when_and_not_who(
    city: Town, steward: User, next_week: date, visitor: Client
) -> None:
    holds.hold(city.municipality, "2026-05", REASON, next_week, steward)
    page = visitor.get("/data/", headers={"accept-language": "nl"}).text
    assert "De cijfers van mei 2026 worden vastgehouden tot" in page
    assert REASON in page
    assert steward.username not in page
