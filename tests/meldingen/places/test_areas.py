import pytest

from meldingen.places import areas
from meldingen.places.models import Area
from tests.factories import Town
from tests.sure import sure


def test_the_bounds_of_a_town_are_in_degrees(town: Town) -> None:
    west, south, east, north = sure(areas.bounds(town.municipality))
    assert (west, south) == pytest.approx((4.37, 51.91), abs=0.01)
    assert 0 < east - west < 0.1 > north - south > 0


def test_a_town_without_areas_has_no_bounds(town: Town) -> None:
    Area.objects.filter(pk=town.gemeente.pk).update(is_retired=True)
    assert areas.bounds(town.municipality) is None


def test_an_area_has_a_name(town: Town) -> None:
    assert (areas.name_of(town.west.pk), areas.name_of(0)) == (town.west.name, "")
