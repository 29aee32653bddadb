"""What was of the same kind near a place in the last year."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from meldingen.categories.models import Category
from meldingen.nearby.recent import Recent, near, recent
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.nearby.conftest import at, plan_among_many, public_category


def around(melding: Melding, kind: Category | None) -> Recent | None:
    return recent(melding, kind, Melding.objects.of(melding.municipality_id), timezone.now())


def test_solved_and_merged_ones_count_too_the_newest_first(town: Town, lamp: Category) -> None:
    own, lead = (town.melding(category=lamp, point=at()) for _one in range(2))
    merged = town.melding(category=lamp, point=at(20), lead=lead)
    solved = town.melding(category=lamp, point=at(30))
    lifecycle.move(lifecycle.lock(solved.pk, town.municipality.pk), "solved", actor=events.SWEEP)
    found = around(own, lamp)
    assert found is not None
    assert [(each.melding.pk, each.metres) for each in found.meldingen] == [
        (solved.pk, 30), (merged.pk, 20), (lead.pk, 0),
    ]  # fmt: skip
    assert (found.open, found.metres, found.is_more) == (2, lamp.nearby_metres, False)


@pytest.mark.parametrize(
    "values",
    [{"point": at(300)}, {"received_at": timezone.now() - timedelta(days=400)}, {"is_suspect": True}, {"point": None}],
)
def test_what_is_far_long_ago_or_no_report_does_not_count(town: Town, lamp: Category, values: dict[str, Any]) -> None:
    own = town.melding(category=lamp, point=at())
    given: dict[str, Any] = {"category": lamp, "point": at()} | values
    town.melding(**given)
    found = around(own, lamp)
    assert found is not None
    assert not found.meldingen


def test_another_kind_another_town_and_spam_do_not_count(town: Town, neighbour: Town, lamp: Category) -> None:
    own, spam = (town.melding(category=lamp, point=at()) for _one in range(2))
    town.melding(category=public_category(town, "bank"), point=at())
    neighbour.melding(category=public_category(neighbour), point=at())
    lifecycle.move(lifecycle.lock(spam.pk, town.municipality.pk), "spam", actor=events.SWEEP)
    found = around(own, lamp)
    assert found is not None
    assert not found.meldingen


def test_without_a_place_or_a_kind_nothing_is_asked(town: Town, lamp: Category, django_assert_num_queries: Any) -> None:
    unplaced, unknown = town.melding(category=lamp, point=None), town.melding(category=None, point=at())
    with django_assert_num_queries(0):
        assert around(unplaced, lamp) is None
        assert around(unknown, None) is None


def test_one_statement_however_many(town: Town, lamp: Category, django_assert_num_queries: Any) -> None:
    own, *_others = (town.melding(category=lamp, point=at(east)) for east in range(5))
    with django_assert_num_queries(1):
        found = around(own, lamp)
        assert [each.melding.asset and each.melding.asset.number for each in found.meldingen] == [None] * 4  # type: ignore[union-attr]


def test_it_is_found_by_its_index(town: Town, lamp: Category) -> None:
    own = town.melding(category=lamp, point=at())
    rows = near(at(), lamp, Melding.objects.of(town.municipality), timezone.now())
    assert "melding_nearby" in plan_among_many(own, rows)
