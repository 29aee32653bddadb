from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from meldingen.categories.models import Category
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.routing import replanning, routes
from tests.factories import RoutingRuleFactory, Town
from tests.sure import sure

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TUESDAY_ENDS = datetime(2026, 3, 3, 22, 59, 59, tzinfo=UTC)


@pytest.fixture
def planned(town: Town) -> Melding:
    melding = town.melding(category=town.container, received_at=MONDAY)
    routes.route(melding)
    return melding


def level(town: Town, days: int) -> None:
    Category.objects.filter(pk=town.container.pk).update(service_amount=days)


def deadlines() -> list[datetime | None]:
    return list(Melding.objects.order_by("pk").values_list("deadline", flat=True))


def test_a_shorter_level_moves_what_is_open_and_no_promise(town: Town, planned: Melding) -> None:
    level(town, 1)
    of_it = replanning.Move(planned.pk, planned.reference, planned.deadline, TUESDAY_ENDS)
    foreseen = replanning.Foreseen(earlier=1, told=1, first=(of_it,))
    assert (replanning.count_moving(town.municipality), replanning.replan(town.municipality)) == (foreseen, 1)
    moved = Melding.objects.get()
    assert (moved.deadline, moved.promised_at) == (TUESDAY_ENDS, planned.promised_at)
    happening: Any = events.of(sure(moved.events.last()))
    assert happening.deadline.new == TUESDAY_ENDS.isoformat()
    assert replanning.replan(town.municipality) == 0


def test_a_longer_level_holds_for_what_comes_in(town: Town, planned: Melding) -> None:
    level(town, 20)
    assert replanning.replan(town.municipality) == 0
    assert deadlines() == [planned.deadline]


def test_what_was_later_than_asked_before_the_change_is_not_moved_by_a_longer_one(town: Town, planned: Melding) -> None:
    Melding.objects.update(deadline=MONDAY + timedelta(days=90))
    assert replanning.foresee(town.municipality, lambda: level(town, 20)) == replanning.Foreseen()
    before = replanning.terms(town.municipality)
    level(town, 20)
    assert replanning.replan(town.municipality, before=before) == 0


def test_a_danger_of_which_it_was_said_late_keeps_its_hours(town: Town, planned: Melding) -> None:
    at = timezone.now() + timedelta(hours=2)
    Melding.objects.filter(pk=planned.pk).update(danger="hazard", deadline=at)
    assert replanning.count_moving(town.municipality).earlier == 0
    assert replanning.replan(town.municipality) == 0
    assert deadlines() == [at]


def test_what_is_late_at_once_is_told(town: Town) -> None:
    routes.route(town.melding(category=town.container, received_at=timezone.now() - timedelta(days=9)))
    Category.objects.filter(pk=town.container.pk).update(service_amount=60)
    Melding.objects.update(deadline=timezone.now() + timedelta(days=60))
    assert replanning.foresee(town.municipality, lambda: level(town, 1)).late == 1


def test_what_was_merged_has_no_term_of_its_own(town: Town, planned: Melding) -> None:
    Melding.objects.filter(pk=planned.pk).update(lead=town.melding(), deadline=None)
    level(town, 1)
    assert replanning.replan(town.municipality) == 0


@pytest.mark.parametrize("state", ["solved", "waiting"])
def test_what_is_closed_or_waits_is_left_alone(town: Town, planned: Melding, state: str) -> None:
    lifecycle.move(planned, state, actor=events.SWEEP)
    level(town, 1)
    assert replanning.replan(town.municipality) == 0


def test_what_was_opened_again_has_a_term_of_its_own(town: Town, planned: Melding) -> None:
    lifecycle.move(planned, "solved", actor=events.SWEEP)
    lifecycle.move(planned, "reopened", actor=events.SWEEP)
    level(town, 1)
    assert replanning.replan(town.municipality) == 0


def test_what_is_planned_for_a_day_keeps_its_term(town: Town, planned: Melding) -> None:
    lifecycle.move(planned, "planned", actor=events.SWEEP)
    level(town, 1)
    assert replanning.count_moving(town.municipality) == replanning.Foreseen(planned=1)
    assert replanning.replan(town.municipality) == 0


def test_a_scope_keeps_to_its_categories_and_to_its_rule(town: Town, planned: Melding) -> None:
    level(town, 1)
    for scope in (replanning.Scope(categories=[town.dumping.pk]), replanning.Scope(rule=3)):
        assert replanning.replan(town.municipality, scope=scope) == 0
    rule = RoutingRuleFactory.create(municipality=town.municipality, position=3, category=town.waste, service_amount=1)
    assert replanning.replan(town.municipality, scope=replanning.Scope(rule=rule.position)) == 1


def test_what_is_tried_is_taken_back(town: Town, planned: Melding) -> None:
    foreseen = replanning.foresee(town.municipality, lambda: level(town, 1))
    assert foreseen.earlier == 1
    assert Category.objects.get(pk=town.container.pk).service_amount == town.container.service_amount
    assert replanning.count_moving(town.municipality).earlier == 0


def test_a_set_is_moved_in_few_statements(town: Town, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for _number in range(20):
        routes.route(town.melding(category=town.container, received_at=MONDAY))
    level(town, 1)
    with django_assert_max_num_queries(20 + 12):  # one UPDATE each, the rest for all of them
        assert replanning.replan(town.municipality) == 20


def test_many_are_moved_in_sets(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replanning, "SET", 2)
    for _number in range(5):
        routes.route(town.melding(category=town.container, received_at=MONDAY))
    level(town, 1)
    assert replanning.replan(town.municipality) == 5


def test_the_neighbours_meldingen_are_left_alone(town: Town, neighbour: Town, planned: Melding) -> None:
    level(town, 1)
    assert replanning.replan(neighbour.municipality) == 0


def test_the_command_says_how_many_before_it_moves_them(
    town: Town, planned: Melding, capsys: pytest.CaptureFixture[str]
) -> None:
    level(town, 1)
    with pytest.raises(CommandError):
        call_command("replan", town.municipality.code)
    assert deadlines() == [planned.deadline]
    call_command("replan", town.municipality.code, yes=True)
    assert deadlines() == [TUESDAY_ENDS]
