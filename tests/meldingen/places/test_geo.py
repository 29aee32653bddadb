import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point, Polygon
from pytest_django import DjangoAssertNumQueries

from meldingen.places import geo
from meldingen.places.models import Area
from tests.factories import Town, square
from tests.sure import sure


def test_it_goes_to_storage_and_back_within_a_centimetre() -> None:
    longitude, latitude = geo.to_door(sure(geo.from_door(4.3971, 51.9194)))
    assert (longitude, latitude) == pytest.approx((4.3971, 51.9194), abs=1e-7)


@pytest.mark.parametrize("place", [(float("nan"), 52), (4, float("inf")), (500, 52), (4, -91)])
def test_what_is_no_place_on_earth_is_none(place: tuple[Any, ...]) -> None:
    assert geo.from_door(*place) is None


def test_very_many_at_once_go_where_each_would_go_alone() -> None:
    places = [(4.3971, 51.9194), (float("nan"), 52), (5.5776, 52.4427), (500, 52), (4.9, 52.37)]
    assert geo.from_doors(places) == [geo.from_door(*place) for place in places]
    assert geo.from_doors([*places, (4, 90)]) == [geo.from_door(*place) for place in [*places, (4, 90)]]
    assert geo.from_doors([]) == []


def buurt_at(town: Town, x: int, y: int) -> int | None:
    (located,) = geo.locate(town.municipality, [Point(x, y, srid=28992)])
    return located.buurt_id


def test_a_point_on_the_shared_edge_is_in_the_buurt_with_the_lowest_code(town: Town) -> None:
    assert buurt_at(town, 86000, 436500) == town.west.pk


def test_the_neighbours_buurt_is_not_ours(town: Town, neighbour: Town) -> None:
    assert buurt_at(town, 10, 436500) is None


@pytest.mark.parametrize("changed", [{"vintage": 2024}, {"is_retired": True}])
def test_areas_of_another_year_or_withdrawn_do_not_count(town: Town, changed: dict[str, int]) -> None:
    Area.objects.filter(pk=town.west.pk).update(**changed)
    assert buurt_at(town, 85500, 436500) is None


def test_beside_every_buurt_the_nearest_within_fifty_metres_counts(town: Town) -> None:
    assert buurt_at(town, 85500, 437049) == town.west.pk
    assert buurt_at(town, 86500, 437049) == town.east.pk
    assert buurt_at(town, 85500, 437051) is None


def test_what_is_beside_a_buurt_and_outside_the_gemeente_is_outside(town: Town) -> None:
    assert geo.locate(town.municipality, [Point(84990, 436500, srid=28992)]) == [geo.Located(None, in_gemeente=False)]
    assert geo.locate(town.municipality, [Point(85500, 437900, srid=28992)]) == [geo.Located(None, in_gemeente=True)]


def test_many_points_cost_one_query_and_keep_their_order(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    points = [Point(x, 436500, srid=28992) for x in (86500, 85500, 10)]
    with django_assert_num_queries(1):
        located = geo.locate(town.municipality, [*points, None])
    assert [each.buurt_id for each in located] == [town.east.pk, town.west.pk, None, None]


@pytest.mark.parametrize("decimals", [5, 6])
def test_a_border_at_the_door_is_valid_whatever_is_smaller_than_its_decimals(town: Town, decimals: int) -> None:
    sliver, pinhole = square(90000, 436000, 0.05)[0], square(85500, 436500, 0.05)[0].coords[0]
    whole = MultiPolygon(Polygon(square(85000, 436000)[0].coords[0], pinhole), sliver, srid=28992)
    Area.objects.filter(pk=town.west.pk).update(geometry=whole)
    row: Any = Area.objects.annotate(border=geo.border("geometry", decimals=decimals)).get(pk=town.west.pk)
    border: Any = GEOSGeometry(row.border)
    assert border.valid
    assert [len(polygon) for polygon in border] == [1]
    assert border[0].exterior_ring.is_counterclockwise


def test_a_border_smaller_than_its_decimals_has_no_coordinates(town: Town) -> None:
    Area.objects.filter(pk=town.west.pk).update(geometry=square(85000, 436000, 0.05))
    row: Any = Area.objects.annotate(border=geo.border("geometry", decimals=5)).get(pk=town.west.pk)
    assert json.loads(row.border)["coordinates"] == []


def test_threads_share_no_transformation() -> None:
    with ThreadPoolExecutor(1) as other:
        theirs = other.submit(geo.transformation, 4326, 28992).result()
    assert geo.transformation(4326, 28992) is geo.transformation(4326, 28992) is not theirs
