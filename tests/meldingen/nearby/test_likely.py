"""Which meldingen are shown to colleagues as likely about the same thing."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from meldingen.categories.models import Category
from meldingen.nearby.likely import GridPoint, is_of_kind, likely
from meldingen.places.models import AssetKind
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from tests.factories import CategoryFactory, Town
from tests.meldingen.nearby.conftest import asset, at, plan_among_many


def likely_ids(melding: Melding) -> list[int]:
    return [each.melding.pk for each in likely(melding, Melding.objects.of(melding.municipality_id))]


def lamp_at(town: Town, lamp: Category | None, point: Point | None, **values: Any) -> Melding:
    return town.melding(**{"category": lamp, "point": point, "text": "De lamp brandt niet."} | values)


def test_the_same_kind_near_by_is_likely_the_nearest_first(town: Town, lamp: Category) -> None:
    own, far, near = (lamp_at(town, lamp, at(east)) for east in (0, 60, 10))
    lamp_at(town, lamp, at(80))
    found = likely(own, Melding.objects.of(town.municipality))
    assert [(each.melding.pk, each.metres, each.is_sure) for each in found] == [
        (near.pk, 10, True), (far.pk, 60, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [
        {"is_suspect": True},
        {"point": None},
        {"received_at": timezone.now() - timedelta(days=90)},
        {"category": None, "text": "Ik zag daar gisteren iets vreemds."},
    ],
)
def test_what_cannot_be_the_same_is_not_shown(town: Town, lamp: Category, values: dict[str, Any]) -> None:
    own = lamp_at(town, lamp, at())
    lamp_at(town, lamp, **{"point": at()} | values)
    assert likely_ids(own) == []


def test_closed_and_merged_ones_and_the_neighbours_are_not_shown(town: Town, neighbour: Town, lamp: Category) -> None:
    own, closed, lead = (lamp_at(town, lamp, at()) for _one in range(3))
    lifecycle.move(lifecycle.lock(closed.pk, town.municipality.pk), "solved", actor=events.SWEEP)
    lamp_at(town, lamp, at(), lead=lead)
    neighbour.melding(category=neighbour.container, point=at())
    assert likely_ids(own) == [lead.pk]


def test_one_object_is_the_same_wherever_and_another_one_is_not(town: Town, lamp: Category, kind: AssetKind) -> None:
    mine, other = asset(town, kind, "0412"), asset(town, kind, "0413")
    own = lamp_at(town, lamp, None, asset=mine)
    same = lamp_at(town, town.container, at(500), asset=mine, text="Kapot")
    lamp_at(town, lamp, at(), asset=other)
    assert likely_ids(own) == [same.pk]


def test_what_has_no_category_yet_is_compared_by_what_it_may_be_about(town: Town, lamp: Category) -> None:
    elsewhere = CategoryFactory.create(municipality=town.municipality, slug="wegen")
    unjudged, judged, other = (lamp_at(town, kind, at()) for kind in (None, lamp, elsewhere))
    visible = Melding.objects.of(town.municipality)
    by_guess = {guess: {one.melding.pk for one in likely(unjudged, visible, guess)} for guess in (lamp, None)}
    assert by_guess == {lamp: {judged.pk}, None: {judged.pk, other.pk}}
    assert likely_ids(judged) == [unjudged.pk]


def test_without_a_category_other_words_are_another_thing(town: Town, lamp: Category) -> None:
    lamp_at(town, lamp, at(), text="Ik zag daar gisteren iets vreemds.")
    assert likely_ids(lamp_at(town, None, at())) == []


def test_only_what_a_colleague_may_see_is_shown(town: Town, lamp: Category) -> None:
    own, other = (lamp_at(town, lamp, at()) for _one in range(2))
    assert likely(own, Melding.objects.of(town.municipality).exclude(pk=other.pk)) == []


def test_a_fixed_number_of_statements(
    town: Town, lamp: Category, kind: AssetKind, django_assert_num_queries: Any
) -> None:
    own = lamp_at(town, lamp, at(), asset=asset(town, kind, "0412"))
    for east in range(5):
        lamp_at(town, lamp, at(east))
    own = Melding.objects.select_related("category").get(pk=own.pk)
    with django_assert_num_queries(2):
        assert len(likely_ids(own)) == 5


def test_the_place_is_found_by_its_index(town: Town, lamp: Category) -> None:
    own = lamp_at(town, lamp, at())
    near = Melding.objects.of(town.municipality).alias(grid=GridPoint("point")).filter(grid__dwithin=(at(), 150))
    for rows in (near, near.filter(is_of_kind(lamp))):
        assert "melding_nearby" in plan_among_many(own, rows)
