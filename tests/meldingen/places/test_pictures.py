from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.gis.geos import GEOSGeometry, Point
from django.template.loader import render_to_string
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from meldingen.places import pictures
from meldingen.places.models import MapFeature
from tests.factories import Town


@pytest.fixture
def drawn(town: Town) -> Town:
    """Streets, a pond, a canal and a house round the place of the town."""
    own: dict[str, Any] = {"municipality": town.municipality}
    shapes = [
        ("straat", "'s-Gravenweg <b>", "LINESTRING(85300 436500, 85700 436500)"),
        ("straat", "Kort", "LINESTRING(85500 436500, 85500 436503)"),
        ("straat", "Ver weg", "LINESTRING(85300 436900, 85700 436900)"),
        ("water", "", "POLYGON((85450 436480, 85480 436480, 85480 436490, 85450 436480))"),
        ("water", "", "LINESTRING(85450 436470, 85550 436470)"),
        ("gebouw", "", "POLYGON((85510 436505, 85520 436505, 85520 436512, 85510 436505))"),
    ]
    for kind, name, shape in shapes:
        MapFeature.objects.create(**own, kind=kind, name=name, geometry=GEOSGeometry(f"SRID=28992;{shape}"))
    town.municipality.map_loaded_at = timezone.now()
    town.municipality.save()
    return town


def test_it_shows_what_lies_round_the_point_in_its_middle(drawn: Town) -> None:
    picture = pictures.around(drawn.municipality, drawn.point())
    assert picture is not None
    assert (len(picture.water), len(picture.canals), len(picture.buildings), picture.green) == (1, 1, 1, [])
    (streets,) = picture.streets
    assert streets.path == "M 0 140 l 480 0 M 240 140 l 0 -7"
    assert [(name.text, name.x, name.y, name.turn) for name in picture.names] == [
        ("'s-Gravenweg <b>", *picture.middle, 0)
    ]


def test_a_name_is_never_upside_down(drawn: Town) -> None:
    west = GEOSGeometry("SRID=28992;LINESTRING(85560 436560, 85440 436440)")
    MapFeature.objects.filter(name="'s-Gravenweg <b>").update(geometry=west)
    picture = pictures.around(drawn.municipality, drawn.point())
    assert picture is not None
    assert [name.turn for name in picture.names] == [-45]


def test_it_is_drawn_without_style_or_script_and_names_are_text(drawn: Town) -> None:
    picture = pictures.around(drawn.municipality, drawn.point())
    page = BeautifulSoup(render_to_string("places/picture.html", {"picture": picture}), "html.parser")
    assert page.select("[style], script, style, b") == []
    assert [name.text for name in page.select("text")] == ["'s-Gravenweg <b>"]
    assert page.svg["role"] == "img"  # type: ignore[index]


def test_without_a_point_or_a_map_of_the_town_there_is_none(
    drawn: Town, neighbour: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert pictures.around(drawn.municipality, None) is None
        assert pictures.around(neighbour.municipality, drawn.point()) is None


def test_it_costs_two_queries_and_shows_nobody_elses_streets(
    drawn: Town, neighbour: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    neighbour.municipality.map_loaded_at = timezone.now()
    with django_assert_num_queries(2):
        picture = pictures.around(neighbour.municipality, drawn.point())
    assert picture == pictures.MapPicture([], [], [], [], [], [])
    assert pictures.around(drawn.municipality, Point(85500, 439000, srid=28992)) == picture
