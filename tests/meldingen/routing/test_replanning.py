from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from meldingen.categories.models import Category
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.routing import replanning, routes

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TUESDAY_ENDS = datetime(2026, 3, 3, 22, 59, 59, tzinfo=UTC)


@pytest.fixture
def planned(town):
    melding = town.melding(category=town.container, received_at=MONDAY)
    routes.route(melding)
    return melding


def level(town, days):
    Category.objects.filter(pk=town.container.pk).update(service_amount=days)


def deadlines():
    return list(Melding.objects.order_by("pk").values_list("deadline", flat=True))


def test_a_shorter_level_moves_what_is_open_and_no_promise(town, planned):
    level(town, 1)
    assert (replanning.count_moving(town.municipality), replanning.replan(town.municipality)) == (1, 1)
    moved = Melding.objects.get()
    assert (moved.deadline, moved.promised_at) == (TUESDAY_ENDS, planned.promised_at)
    assert events.of(moved.events.last()).deadline.new == TUESDAY_ENDS.isoformat()
    assert replanning.replan(town.municipality) == 0


def test_a_longer_level_holds_for_what_comes_in(town, planned):
    level(town, 20)
    assert replanning.replan(town.municipality) == 0
    assert deadlines() == [planned.deadline]


@pytest.mark.parametrize("state", ["solved", "waiting"])
def test_what_is_closed_or_waits_is_left_alone(town, planned, state):
    lifecycle.move(planned, state, actor=events.SWEEP)
    level(town, 1)
    assert replanning.replan(town.municipality) == 0


def test_what_was_opened_again_has_a_term_of_its_own(town, planned):
    lifecycle.move(planned, "solved", actor=events.SWEEP)
    lifecycle.move(planned, "reopened", actor=events.SWEEP)
    level(town, 1)
    assert replanning.replan(town.municipality) == 0


def test_many_are_moved_in_sets(town, monkeypatch):
    monkeypatch.setattr(replanning, "SET", 2)
    for _number in range(5):
        routes.route(town.melding(category=town.container, received_at=MONDAY))
    level(town, 1)
    assert replanning.replan(town.municipality) == 5


def test_the_neighbours_meldingen_are_left_alone(town, neighbour, planned):
    level(town, 1)
    assert replanning.replan(neighbour.municipality) == 0


def test_the_command_says_how_many_before_it_moves_them(town, planned, capsys):
    level(town, 1)
    with pytest.raises(CommandError):
        call_command("replan", town.municipality.code)
    assert deadlines() == [planned.deadline]
    call_command("replan", town.municipality.code, yes=True)
    assert deadlines() == [TUESDAY_ENDS]
