"""Another category for many at once: the rules of that one say what follows, as they do for one."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meldingen.categories.models import Category
from meldingen.handling import bulk, correcting
from meldingen.handling.bulk import Choice
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle
from meldingen.record.models import Event, Melding
from meldingen.routing.models import RoutingRule
from meldingen.tenancy.models import User
from tests.factories import Town, reporter_of
from tests.meldingen.handling.bulk_of import became, chosen, did

pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture
def dumping(town: Town) -> Category:
    """A category that goes to the team of the roads."""
    Category.objects.filter(pk=town.dumping.pk).update(default_team=town.roads)
    return Category.objects.get(pk=town.dumping.pk)


def assigned(town: Town) -> Melding:
    melding = town.melding(category=town.container, team=town.cleaning)
    lifecycle.move(melding, "assigned", actor=events.SWEEP)
    return melding


def columns(melding: Melding) -> tuple[Any, ...]:
    stored = Melding.objects.get(pk=melding.pk)
    return stored.category, stored.category_by, stored.team, stored.state


def test_all_get_the_category_and_what_follows_from_it(town: Town, officer: User, dumping: Category) -> None:
    new, theirs = town.melding(), assigned(town)
    reporter_of(new, "a@example.org")
    act = did(town, officer, "correct", [new, theirs], Choice(category=dumping, reroute=True))
    assert set(became(act).values()) == {("done", "")}
    assert columns(new) == columns(theirs) == (dumping, "staff", town.roads, "assigned")
    assert Delivery.objects.filter(event__melding=new, event__to_state="assigned").exists()


def test_without_asking_the_rules_only_the_category_changes(town: Town, officer: User, dumping: Category) -> None:
    theirs = assigned(town)
    did(town, officer, "correct", [theirs], Choice(category=dumping))
    assert columns(theirs) == (dumping, "staff", town.cleaning, "assigned")


def test_whom_a_colleague_gave_it_already_is_left_alone(town: Town, officer: User, dumping: Category) -> None:
    melding = town.melding()
    did(town, officer, "correct", [melding], Choice(category=dumping))
    again = did(town, officer, "correct", [melding], Choice(category=dumping))
    assert became(again) == {melding.pk: ("skipped", "chosen")}


def test_a_category_that_was_retired_meanwhile_is_given_to_none(town: Town, officer: User, dumping: Category) -> None:
    melding = town.melding()
    Category.objects.filter(pk=dumping.pk).update(is_active=False)
    act = did(town, officer, "correct", [melding], Choice(category=dumping, reroute=True))
    assert became(act) == {melding.pk: ("skipped", "old")}


def test_a_preview_says_which_team_gets_how_many_and_who_hears(town: Town, officer: User, dumping: Category) -> None:
    rows = [town.melding(), assigned(town)]
    for one in rows:
        reporter_of(one, f"m{one.pk}@example.org")
    act = chosen(town, officer, "correct", rows)
    then = bulk.preview(act, Choice(category=dumping, reroute=True))
    assert (then.fit, then.mailed, then.teams) == (2, 1, [(town.roads, 2)])


def test_words_of_a_rule_are_looked_for_in_all_of_them(town: Town, officer: User, dumping: Category) -> None:
    own = {"municipality": town.municipality, "position": 1, "category": dumping, "team": town.cleaning}
    RoutingRule.objects.create(**own, words=["matras"])
    mattress, other = town.melding(text="Er ligt een matras."), town.melding(text="Er ligt een stoel.")
    did(town, officer, "correct", [mattress, other], Choice(category=dumping, reroute=True))
    assert [columns(each)[2] for each in (mattress, other)] == [town.cleaning, town.roads]


def test_what_many_cost_is_one_write_each(town: Town, officer: User, dumping: Category) -> None:
    ids = [town.melding().pk for _number in range(30)]

    def cost(of: list[int]) -> int:
        meldingen = lifecycle.lock_many(of, town.municipality.pk)
        with CaptureQueriesContext(connection) as queries:
            correcting.correct(meldingen, dumping, by=officer, reroute=True)
        return len(queries)

    few = cost(ids[:10])
    assert cost(ids[10:]) - few <= 10
    assert Event.objects.filter(kind=Event.Kind.RECATEGORISED).count() == 30
