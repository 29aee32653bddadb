from datetime import datetime, timedelta

import pytest
from django.db import connection

from meldingen.handling.desk.orders import DUE_FIRST, NEWEST, SPOKEN, TERM, Order
from meldingen.record.models import Melding
from tests.factories import Town
from tests.plans import plan_of


@pytest.fixture
def made(town: Town, now: datetime) -> list[Melding]:
    """Six, of which one is urgent and two came at one moment."""
    return [
        town.melding(
            received_at=now - timedelta(hours=hours // 2),
            deadline=now + timedelta(days=3 - hours),
            priority=4 if hours == 5 else 2,
        )
        for hours in range(6)
    ]


@pytest.mark.parametrize("order", [NEWEST, TERM, DUE_FIRST])
def test_each_place_parts_a_list_in_what_is_before_it_at_it_and_after_it(made: list[Melding], order: Order) -> None:
    rows = Melding.objects.all()
    whole = list(order.sort(rows))
    assert len(whole) == 6
    for here, melding in enumerate(whole):
        key = order.key(melding)
        assert list(order.at(order.sort(rows), key)) == whole[here:]
        assert list(order.after(order.sort(rows), key)) == whole[here + 1 :]
        assert list(order.before(order.sort(rows, backwards=True), key)) == whole[:here][::-1]


def test_what_is_closed_or_has_no_term_has_no_place_among_terms(town: Town, now: datetime) -> None:
    without = town.melding()
    assert TERM.key(without) == ""
    assert not TERM.sort(Melding.objects.all()).exists()


def test_a_worklist_by_term_hides_nothing_that_has_none(town: Town, now: datetime) -> None:
    late = town.melding(deadline=now - timedelta(days=3), received_at=now - timedelta(days=9))
    without = town.melding(deadline=None, received_at=now - timedelta(days=1))
    later = town.melding(deadline=now + timedelta(days=3), received_at=now - timedelta(days=9))
    assert list(DUE_FIRST.sort(Melding.objects.all())) == [late, without, later]


@pytest.mark.parametrize("key", ["", "1", "1.2", "1.2.3.4", "-1.2.3", "x.2.3", "1.9" + "9" * 18 + ".3", "1.2²3.4"])
def test_what_is_no_key_narrows_nothing(made: list[Melding], key: str) -> None:
    assert NEWEST.at(NEWEST.sort(Melding.objects.all()), key).count() == 6


def test_a_moment_beyond_the_calendar_narrows_nothing(made: list[Melding]) -> None:
    assert NEWEST.at(NEWEST.sort(Melding.objects.all()), f"1.{'9' * 18}.3").count() == 6


@pytest.mark.parametrize(
    ("order", "index"),
    [(NEWEST, "melding_staff_open"), (TERM, "melding_by_urgency"), (DUE_FIRST, "melding_by_due")],
)
def test_a_page_far_away_enters_an_index_at_its_key(made: list[Melding], order: Order, index: str) -> None:
    town = made[0].municipality
    rows = order.sort(Melding.objects.of(town).filter(state__in=["new", "assigned"]))
    sql, values = order.at(rows, order.key(made[2])).values("pk")[:50].query.sql_with_params()
    with connection.cursor() as cursor:
        plan = plan_of(cursor.mogrify(sql, values).decode())
    assert "Sort" not in plan
    assert "ROW(" in plan.partition("Index Cond")[2].partition("\n")[0]


@pytest.mark.parametrize("order", [NEWEST, TERM, DUE_FIRST, SPOKEN])
def test_an_emergency_is_first_in_every_order(town: Town, now: datetime, order: Order) -> None:
    for days in (1, 2):
        long_ago = now - timedelta(days=days)
        town.melding(deadline=long_ago, reporter_spoke_at=now, received_at=now)
    last = town.melding(
        priority=4, deadline=now, reporter_spoke_at=now - timedelta(days=3), received_at=now - timedelta(days=3)
    )
    assert order.sort(Melding.objects.all())[0] == last
