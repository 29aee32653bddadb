from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from meldingen.classification.emergencies import find_danger
from meldingen.places.models import Area
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.routing import planning, routes
from meldingen.routing.models.rule import RoutingRule
from tests.factories import AreaFactory, RoutingRuleFactory, Town, square

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)


def locked(town: Town, **values: Any) -> Melding:
    about: dict[str, Any] = {"category": town.container, "received_at": MONDAY} | values
    melding = town.melding(**about)
    return lifecycle.lock(melding.pk, town.municipality.pk)


def rule(town: Town, position: int = 1, **values: Any) -> RoutingRule:
    return RoutingRuleFactory.create(municipality=town.municipality, position=position, **values)


def test_the_category_gives_team_and_term(town: Town) -> None:
    melding = locked(town)
    assert routes.route(melding) is True
    melding.refresh_from_db()
    assert (melding.team, melding.state, melding.priority) == (town.cleaning, "assigned", Melding.Priority.NORMAL)
    assert melding.deadline == datetime(2026, 3, 5, 22, 59, 59, tzinfo=UTC)


def test_a_rule_goes_before_the_category(town: Town) -> None:
    rule(town, category=town.container, team=town.roads, priority=Melding.Priority.HIGH, service_amount=1)
    melding = locked(town)
    routes.route(melding)
    assert (melding.team, melding.priority) == (town.roads, Melding.Priority.HIGH)
    assert melding.deadline == datetime(2026, 3, 3, 22, 59, 59, tzinfo=UTC)
    assert melding.events.get(kind="routed").codes == {
        "rule": 1,
        "team": {"from": None, "to": town.roads.pk},
        "priority": {"from": 2, "to": 3},
        "deadline": {"from": None, "to": "2026-03-03T22:59:59+00:00"},
        "promised_at": {"from": None, "to": "2026-03-03T22:59:59+00:00"},
    }


def test_the_first_rule_that_fits_counts(town: Town) -> None:
    rule(town, position=20, team=town.cleaning)
    rule(town, position=10, team=town.roads)
    rule(town, position=5, category=town.dumping, team=town.cleaning)
    rule(town, position=6, area=town.east, team=town.cleaning)
    melding = locked(town)
    routes.route(melding)
    assert melding.team == town.roads


def test_a_rule_out_of_use_does_not_count(town: Town) -> None:
    rule(town, team=town.roads, is_active=False)
    melding = locked(town)
    routes.route(melding)
    assert melding.team == town.cleaning


@pytest.mark.parametrize("level", ["west", "wijk", "gemeente"])
def test_a_rule_of_a_buurt_its_wijk_or_the_gemeente_fits(town: Town, level: str) -> None:
    rule(town, area=getattr(town, level), team=town.roads)
    melding = locked(town)
    routes.route(melding)
    assert melding.team == town.roads


def test_a_rule_of_the_main_category_fits_what_is_under_it(town: Town) -> None:
    rule(town, category=town.waste, team=town.roads)
    melding = locked(town)
    routes.route(melding)
    assert melding.team == town.roads


def test_a_rule_survives_a_new_year_of_borders(town: Town) -> None:
    rule(town, area=town.west, team=town.roads)
    newer = AreaFactory.create(
        municipality=town.municipality, level=Area.Level.BUURT, code=town.west.code, vintage=2026,
        parent=town.wijk, geometry=square(85000, 436000),
    )  # fmt: skip
    melding = locked(town, buurt=newer)
    routes.route(melding)
    assert melding.team == town.roads


def test_a_rule_without_a_team_leaves_the_team_of_the_category(town: Town) -> None:
    rule(town, priority=Melding.Priority.LOW)
    melding = locked(town)
    routes.route(melding)
    assert (melding.team, melding.priority) == (town.cleaning, Melding.Priority.LOW)


def test_team_and_term_come_from_the_main_category_when_nothing_nearer_has_them(town: Town) -> None:
    town.waste.default_team, town.waste.service_amount = town.roads, 1
    town.waste.save()
    town.dumping.default_team = None
    town.dumping.save()
    melding = locked(town, category=town.dumping)
    routes.route(melding)
    assert melding.team == town.roads
    assert melding.deadline == datetime(2026, 3, 3, 22, 59, 59, tzinfo=UTC)


def dangerous(town: Town, text: str, **values: Any) -> Melding:
    """As intake stores it."""
    about: dict[str, Any] = {"category": town.container, "received_at": MONDAY} | values
    melding = town.melding(**about, **marked(town, text))
    return lifecycle.lock(melding.pk, town.municipality.pk)


def marked(town: Town, text: str) -> dict[str, Any]:
    melding = Melding(municipality=town.municipality, text=text, received_at=MONDAY)
    routes.mark_danger(melding, find_danger(text))
    return {name: getattr(melding, name) for name in ("text", "danger", "priority")} | {
        "deadline": planning.deadline_of_danger(melding)
    }


@pytest.mark.parametrize(
    ("text", "danger", "priority", "hours"),
    [
        ("De container staat in brand", "life", 4, 2),
        ("Het ruikt hier naar gas", "gas", 4, 2),
        ("Het putdeksel is weg", "hazard", 3, 24),
        ("De container puilt uit", "", 2, None),
    ],
)
def test_words_of_danger_have_a_priority_and_a_deadline_by_the_clock(
    town: Town, text: str, danger: str, priority: int, hours: int | None
) -> None:
    found = marked(town, text)
    assert (found["danger"], found["priority"]) == (danger, priority)
    assert found["deadline"] == (MONDAY + timedelta(hours=hours) if hours else None)


def test_an_emergency_stays_urgent_whatever_the_rules_and_waits_for_people_whatever_the_subject(town: Town) -> None:
    rule(town, team=town.roads, priority=Melding.Priority.LOW)
    melding = dangerous(town, "De container staat in brand")
    assert routes.route(melding) is False
    assert (melding.priority, melding.team, melding.state) == (Melding.Priority.URGENT, None, "new")
    assert melding.deadline == MONDAY + timedelta(hours=2)


def test_what_is_dangerous_and_hurt_nobody_goes_to_its_team_at_once_and_keeps_priority_and_deadline(town: Town) -> None:
    rule(town, team=town.roads, priority=Melding.Priority.LOW)
    melding = dangerous(town, "Het putdeksel is weg")
    routes.route(melding)
    assert (melding.priority, melding.team, melding.state) == (Melding.Priority.HIGH, town.roads, "assigned")
    assert melding.deadline == MONDAY + timedelta(hours=24)


def test_a_rule_may_be_sooner_than_a_danger(town: Town) -> None:
    rule(town, team=town.roads, priority=Melding.Priority.URGENT, service_amount=0)
    melding = dangerous(town, "Het putdeksel is weg")
    routes.route(melding)
    assert melding.priority == Melding.Priority.URGENT
    assert melding.deadline == datetime(2026, 3, 2, 22, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(("danger", "priority"), [("", 1), ("hazard", 3), ("life", 4)])
def test_weighed_again_it_has_what_category_and_danger_say_whatever_it_was(
    town: Town, danger: str, priority: int
) -> None:
    rule(town, priority=Melding.Priority.LOW)
    melding = dangerous(town, "De container staat in brand")
    melding.danger = danger
    hours = {"": None, "hazard": 24, "life": 2}[danger]
    deadline = MONDAY + timedelta(hours=hours) if hours else datetime(2026, 3, 5, 22, 59, 59, tzinfo=UTC)
    plan = planning.plan(melding, planning.read_rulebook(town.municipality.pk, [melding]))
    assert (plan.priority, plan.deadline) == (priority, deadline)


@pytest.mark.parametrize("when", ["taken in", "later"])
def test_an_emergency_that_a_colleague_saw_go_to_a_team(town: Town, when: str) -> None:
    colleague = town.member("triage")
    entered_by = colleague if when == "taken in" else None
    melding = dangerous(town, "De container staat in brand", entered_by=entered_by)
    routes.route(melding, actor=events.by(colleague) if when == "later" else events.RULE)
    assert (melding.priority, melding.team, melding.state) == (Melding.Priority.URGENT, town.cleaning, "assigned")


def test_without_a_category_people_choose_and_danger_is_still_urgent(town: Town) -> None:
    rule(town, team=town.roads)
    calm, danger = locked(town, category=None), dangerous(town, "gaslucht bij de school", category=None)
    assert (routes.route(calm), routes.route(danger)) == (False, False)
    assert (calm.team, calm.state, calm.deadline) == (None, "new", None)
    assert (danger.team, danger.state, danger.priority) == (None, "new", Melding.Priority.URGENT)


def test_without_a_team_it_stays_new_with_its_deadline(town: Town) -> None:
    town.container.default_team = None
    town.container.save()
    melding = locked(town)
    routes.route(melding)
    assert (melding.team, melding.state, melding.deadline is not None) == (None, "new", True)


def test_a_neighbours_rule_and_team_are_never_used(town: Town, neighbour: Town) -> None:
    RoutingRuleFactory.create(municipality=neighbour.municipality, position=0, team=neighbour.roads)
    melding = locked(town)
    routes.route(melding)
    assert melding.team == town.cleaning


def test_a_second_time_changes_nothing(town: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    melding = locked(town)
    routes.route(melding)
    events = melding.events.count()
    again = lifecycle.lock(melding.pk, town.municipality.pk)
    assert routes.route(again) is False
    assert melding.events.count() == events


def test_a_deadline_over_the_change_to_summer_time_ends_at_local_midnight(town: Town) -> None:
    melding = locked(town, received_at=datetime(2026, 3, 27, 12, tzinfo=UTC))
    routes.route(melding)
    assert melding.deadline == datetime(2026, 4, 1, 21, 59, 59, tzinfo=UTC)
