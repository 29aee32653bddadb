from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from meldingen.categories.models import Category
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.routing import planning, routes
from meldingen.routing.planning import Plan
from meldingen.tenancy.models import ClosingDay
from tests.factories import RoutingRuleFactory, Town
from tests.sure import sure

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
THURSDAY_ENDS = datetime(2026, 3, 5, 22, 59, 59, tzinfo=UTC)


def plan_of(melding: Melding, **options: datetime) -> Plan:
    return planning.plan(melding, planning.read_rulebook(melding.municipality_id, [melding]), **options)


def test_a_category_says_team_term_and_the_day_to_expect(town: Town) -> None:
    plan = plan_of(town.melding(category=town.container, received_at=MONDAY))
    assert plan == planning.Plan(None, town.cleaning.pk, 2, THURSDAY_ENDS, date(2026, 3, 5), THURSDAY_ENDS)


def test_without_a_category_nobody_is_told_a_day(town: Town) -> None:
    RoutingRuleFactory.create(municipality=town.municipality, team=town.roads, service_amount=1)
    plan = plan_of(town.melding(received_at=MONDAY))
    assert (plan.team, plan.expected_day) == (None, None)


@pytest.mark.parametrize("danger", ["gas", "life", "hazard"])
def test_of_a_danger_nobody_is_told_a_day(town: Town, danger: str) -> None:
    plan = plan_of(town.melding(category=town.container, danger=danger, received_at=MONDAY))
    assert (plan.expected_day, sure(plan.deadline) < THURSDAY_ENDS) == (None, True)


def test_a_term_counts_from_when_it_is_told_to(town: Town) -> None:
    melding = town.melding(category=town.container, received_at=MONDAY)
    later = plan_of(melding, since=MONDAY + timedelta(days=7))
    assert later.expected_day == date(2026, 3, 12)


def test_many_are_read_in_as_many_questions_as_one(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meldingen = [town.melding(category=category) for category in (town.container, town.dumping) * 5]
    with django_assert_num_queries(3):
        rulebook = planning.read_rulebook(town.municipality.pk, meldingen)
    with django_assert_num_queries(0):
        assert [planning.plan(melding, rulebook).team for melding in meldingen] == [town.cleaning.pk] * 10


def test_what_was_told_stays_when_the_deadline_moves(town: Town) -> None:
    melding = town.melding(category=town.container, received_at=MONDAY)
    routes.route(melding)
    RoutingRuleFactory.create(municipality=town.municipality, category=town.container, team=None, service_amount=1)
    routes.route(melding)
    assert (melding.promised_at, melding.deadline) == (THURSDAY_ENDS, datetime(2026, 3, 3, 22, 59, 59, tzinfo=UTC))


def test_who_reported_in_a_former_system_was_promised_nothing_here(town: Town) -> None:
    melding = town.melding(category=town.container, source="import", received_at=MONDAY)
    routes.route(melding)
    assert (melding.promised_at, melding.deadline) == (None, THURSDAY_ENDS)


def test_a_promise_is_in_the_history(town: Town) -> None:
    melding = town.melding(category=town.container, received_at=MONDAY)
    routes.route(melding)
    routed: Any = events.of(melding.events.get(kind="routed"))
    assert routed.promised_at == events.Change(None, THURSDAY_ENDS.isoformat())
    assert lifecycle.lock(melding.pk, town.municipality.pk).promised_at == Melding.objects.get().promised_at


def term(town: Town, received_at: datetime, **values: int | str) -> Plan:
    Category.objects.filter(pk=town.container.pk).update(**values)
    return plan_of(town.melding(category=Category.objects.get(pk=town.container.pk), received_at=received_at))


def test_working_days_pass_over_easter_and_kings_day(town: Town) -> None:
    assert term(town, datetime(2026, 4, 2, 9, tzinfo=UTC), service_amount=2).expected_day == date(2026, 4, 7)
    assert term(town, datetime(2026, 4, 24, 9, tzinfo=UTC), service_amount=1).expected_day == date(2026, 4, 28)


def test_a_closing_day_between_makes_a_term_longer(town: Town) -> None:
    ClosingDay.objects.create(municipality=town.municipality, day=date(2026, 3, 4), words="Studiedag")
    assert plan_of(town.melding(category=town.container, received_at=MONDAY)).expected_day == date(2026, 3, 6)


def test_calendar_days_are_counted_through_the_weekend(town: Town) -> None:
    friday = datetime(2026, 3, 6, 9, tzinfo=UTC)
    assert term(town, friday, service_amount=2, service_unit="calendar_days").expected_day == date(2026, 3, 8)


def test_hours_go_by_the_clock_and_the_reporter_is_told_the_whole_day(town: Town) -> None:
    saturday = datetime(2026, 3, 28, 12, tzinfo=UTC)
    plan = term(town, saturday, service_amount=24, service_unit="hours")
    assert (plan.deadline, plan.expected_day) == (saturday + timedelta(hours=24), date(2026, 3, 29))
    told = planning.promises(town.melding(received_at=saturday), plan)
    assert told == (datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC), None)


def test_the_term_of_a_rule_has_a_unit_of_its_own(town: Town) -> None:
    RoutingRuleFactory.create(
        municipality=town.municipality, category=town.container, service_amount=6, service_unit="hours"
    )
    plan = plan_of(town.melding(category=town.container, received_at=MONDAY))
    assert plan.deadline == MONDAY + timedelta(hours=6)
