"""What the map shows: the places that everybody may know, in the buurt in which they lie."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from meldingen.categories.models import Category
from meldingen.nearby import on_map
from meldingen.places import geo
from tests.factories import Town
from tests.meldingen.nearby.conftest import at, public_category

DAYS_AGO = timezone.now() - timedelta(days=2)


def put(town: Town, category: Category, **values: Any) -> None:
    about: dict[str, Any] = {"category": category, "category_by": "staff", "point": at()}
    town.melding(values.pop("received_at", DAYS_AGO), **about | values)


def test_a_spot_is_a_grid_point_with_its_buurt(town: Town, lamp: Category) -> None:
    put(town, lamp, point=at(20, 20))
    (spot,) = on_map.spots(town.municipality, None)
    assert (spot.longitude, spot.latitude) == pytest.approx(geo.to_door(at()))
    assert (spot.buurt, spot.received_on) == (town.west.name, timezone.localdate(DAYS_AGO))


def test_one_kind_is_shown_when_it_is_asked_for(town: Town, lamp: Category) -> None:
    bak = public_category(town, "bak")
    for category in (lamp, bak):
        put(town, category)
    assert [spot.category for spot in on_map.spots(town.municipality, bak)] == [bak]
    assert list(on_map.categories(town.municipality)) == [lamp, bak]


def test_kinds_that_are_not_shown_are_no_choice(town: Town, neighbour: Town) -> None:
    public_category(town, is_confidential=True)
    public_category(neighbour)
    assert list(on_map.categories(town.municipality)) == []


def test_the_list_has_pages_and_a_fixed_number_of_statements(
    town: Town, lamp: Category, django_assert_num_queries: Any
) -> None:
    for number in range(on_map.PAGE + 1):
        put(town, lamp, received_at=DAYS_AGO - timedelta(days=number))
    with django_assert_num_queries(3):
        first, has_older = on_map.page_of(town.municipality, None, 1)
    second, has_more = on_map.page_of(town.municipality, None, 2)
    assert (len(first), has_older, len(second), has_more) == (on_map.PAGE, True, 1, False)
    assert first[-1].received_on > second[0].received_on
