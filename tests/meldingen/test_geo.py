from concurrent.futures import ThreadPoolExecutor

import pytest

from meldingen import geo


def test_it_goes_to_storage_and_back_within_a_centimetre():
    longitude, latitude = geo.to_door(geo.from_door(4.3971, 51.9194))
    assert (longitude, latitude) == pytest.approx((4.3971, 51.9194), abs=1e-7)


@pytest.mark.parametrize("place", [(float("nan"), 52), (4, float("inf")), (500, 52), (4, -91)])
def test_what_is_no_place_on_earth_is_none(place):
    assert geo.from_door(*place) is None


def test_a_point_on_the_shared_edge_is_in_the_buurt_with_the_lowest_code(town):
    point = town.point()
    point.x = 86000
    assert geo.buurt_at(town.municipality, point) == town.west


def test_the_neighbours_buurt_is_not_ours(town, neighbour):
    point = town.point()
    point.x = 10
    assert geo.buurt_at(town.municipality, point) is None


def test_areas_of_another_year_do_not_count(town):
    town.municipality.area_vintage = 2024
    assert geo.buurt_at(town.municipality, town.point()) is None


def test_threads_share_no_transformation():
    with ThreadPoolExecutor(1) as other:
        theirs = other.submit(geo._transform, 4326, 28992).result()
    assert geo._transform(4326, 28992) is geo._transform(4326, 28992) is not theirs
