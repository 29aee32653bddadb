from typing import Any

import pytest
from django.contrib.gis.geos import Point

from meldingen.places.models import Address, Area, Street
from meldingen.places.neighbours import Neighbour, town_at, town_of_address
from meldingen.tenancy.models import Host
from tests.factories import Town, square

THERE = Point(87500, 436500, srid=28992)


@pytest.fixture
def veen(neighbour: Town) -> Town:
    """The town east of ours, with one address of its own."""
    own: dict[str, Any] = {"municipality": neighbour.municipality}
    Area.objects.filter(pk=neighbour.gemeente.pk).update(name="Veen", geometry=square(87000, 436000))
    street = Street.objects.create(**own, name="Kerkweg", place="Veen", key="kerkweg", place_key="veen", point=THERE)
    Address.objects.create(**own, street=street, number=5, buurt=neighbour.west, point=THERE)
    return neighbour


def test_the_town_in_which_a_point_lies_is_said_with_its_form(town: Town, veen: Town) -> None:
    assert town_at(town.municipality, THERE) == Neighbour("Veen", f"http://{veen.host}/melden/")
    assert town_at(veen.municipality, THERE) is None
    assert town_at(town.municipality, Point(99000, 436500, srid=28992)) is None
    assert town_at(town.municipality, None) is None


def test_a_town_without_a_host_has_no_form(town: Town, veen: Town) -> None:
    Host.objects.filter(municipality=veen.municipality).delete()
    assert town_at(town.municipality, THERE) is None


@pytest.mark.parametrize(
    ("typed", "is_known"), [("kerkweg 5", True), ("Kerkweg 5, Veen", True), ("Kerkweg 6", False), ("", False)]
)
def test_an_address_of_the_town_beside_ours_is_known(town: Town, veen: Town, typed: str, is_known: bool) -> None:
    assert (town_of_address(town.municipality, typed) is not None) is is_known


def test_a_town_far_away_is_no_neighbour(town: Town, veen: Town) -> None:
    Area.objects.filter(pk=veen.gemeente.pk).update(geometry=square(187000, 436000))
    assert town_of_address(town.municipality, "Kerkweg 5") is None
