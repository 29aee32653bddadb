from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from meldingen.categories.models import Category
from meldingen.handling import triage
from meldingen.handling.foreseeing import foresee
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.routing import routes
from tests.factories import Town
from tests.staff import published as published

COLUMNS = ("category_id", "team_id", "priority", "deadline", "promised_at")


@pytest.fixture
def terms(town: Town) -> None:
    """Two categories with another term and another team."""
    Category.objects.filter(pk=town.container.pk).update(service_amount=5)
    Category.objects.filter(pk=town.dumping.pk).update(service_amount=2, default_team=town.roads)


def melding_of(town: Town, state: str, *, has_category: bool, danger: str) -> Melding:
    received = timezone.now() - timedelta(days=3)
    category = town.container if has_category else None
    made = town.melding(
        category=category, danger=danger, received_at=received, team=None if state == "new" else town.roads
    )
    if has_category:
        routes.route(made)
    for step in {"new": (), "reopened": ("solved", "reopened")}.get(state, (state,)):
        if made.state != step:
            lifecycle.move(made, step, actor=events.SWEEP)
    return made


@pytest.mark.parametrize(
    ("state", "has_category", "reroute", "danger"),
    list(product(["new", "in_progress", "planned", "reopened"], [True, False], [True, False], ["", "hazard"])),
)
def test_what_is_shown_beforehand_is_what_comes(
    town: Town, terms: None, state: str, has_category: bool, reroute: bool, danger: str
) -> None:
    melding = melding_of(town, state, has_category=has_category, danger=danger)
    category = Category.objects.get(pk=town.dumping.pk)
    then: Any = foresee(Melding.objects.get(pk=melding.pk), category, reroute=reroute)
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    triage.recategorise(case, category, reroute=reroute)
    stored = Melding.objects.get(pk=melding.pk)
    assert [getattr(then, name) for name in COLUMNS] == [getattr(stored, name) for name in COLUMNS]


def test_looking_changes_nothing(town: Town, terms: None) -> None:
    melding = melding_of(town, "new", has_category=True, danger="")
    before = [getattr(melding, name) for name in COLUMNS]
    foresee(melding, town.dumping, reroute=True)
    assert melding.category == town.container
    for one in (melding, Melding.objects.get(pk=melding.pk)):
        assert [getattr(one, name) for name in COLUMNS] == before


def test_of_what_is_closed_the_category_alone_changes(town: Town, terms: None) -> None:
    melding = melding_of(town, "solved", has_category=False, danger="")
    then = foresee(melding, town.dumping, reroute=True)
    assert (then.category, then.deadline, then.team) == (town.dumping, None, melding.team)
