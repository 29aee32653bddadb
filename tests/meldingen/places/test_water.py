import pytest
from django.contrib.gis.geos import Point
from pytest_django import DjangoAssertNumQueries

from meldingen.places.water import is_water
from tests.factories import Town


@pytest.mark.parametrize(
    ("place", "wet"),
    [
        ((85500, 436465), True),  # in the canal
        ((85553, 436465), False),  # on its bridge
        ((85500, 436484), False),  # on the quay
        ((85500, 436603), True),  # in the ditch
        ((85500, 436606), False),  # beside it
    ],
)
def test_water_is_where_it_is_drawn_and_no_street(
    canal: Town, place: tuple[int, int], wet: bool, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert is_water(canal.municipality, Point(*place, srid=28992)) == wet


def test_a_town_without_a_map_and_its_neighbour_know_of_none(canal: Town, neighbour: Town) -> None:
    place = Point(85500, 436465, srid=28992)
    assert not is_water(neighbour.municipality, place)
    neighbour.municipality.map_loaded_at = canal.municipality.map_loaded_at
    assert not is_water(neighbour.municipality, place)
    assert not is_water(canal.municipality, None)
