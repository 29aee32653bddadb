from typing import Any

import pytest

from meldingen.places.addresses import choosing
from meldingen.places.addresses.own import OwnAddresses
from meldingen.places.addresses.pdok import PdokAddresses
from tests.factories import Town
from tests.locatieserver import Locatieserver, address, street


@pytest.mark.parametrize(("source", "kind"), [("own", OwnAddresses), ("pdok", PdokAddresses), ("none", type(None))])
def test_the_municipality_chooses_who_knows_its_addresses(town: Town, source: str, kind: type) -> None:
    town.municipality.address_source = source
    assert isinstance(choosing.addresses_of(town.municipality), kind)


def test_an_address_from_outside_gets_its_buurt(town: Town, pdok: Locatieserver) -> None:
    pdok.docs = [address("Kerkweg", 1, town.point())]
    meant = choosing.find_one(town.municipality, "kerkweg 1")
    assert meant is not None
    assert (meant.text, meant.buurt) == ("Kerkweg 1, 3111 AB Stad", town.west)
    assert choosing.nearest(town.municipality, town.point()) == "Kerkweg 1, 3111 AB Stad"


def test_without_an_answer_the_house_goes_on(town: Town, pdok: Locatieserver) -> None:
    pdok.status = 503
    here = town.municipality
    assert (list(choosing.suggest(here, "kerkweg")), choosing.find_one(here, "kerkweg 1")) == ([], None)
    assert choosing.are_away(here)
    assert (choosing.nearest(here, town.point()), choosing.suggest(here, "kerkweg")) == ("", [])
    assert len(pdok.asked) == 3


@pytest.mark.parametrize("source", ["own", "none"])
def test_what_asks_nobody_is_never_away(town: Town, source: str, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    town.municipality.address_source = source
    assert not choosing.are_away(town.municipality)


def test_what_is_suggested_names_its_buurt(town: Town, pdok: Locatieserver) -> None:
    pdok.docs = [address("Kerkweg", 1, town.point()), address("Kerkweg", 2, town.east.geometry.centroid)]
    found = choosing.suggest_in_buurten(town.municipality, "kerkweg")
    assert [(each.line, buurt) for each, buurt in found] == [
        ("Kerkweg 1", town.west.name),
        ("Kerkweg 2", town.east.name),
    ]
    assert choosing.suggest_in_buurten(town.municipality, "") == []


def test_a_street_names_its_buurt_only_where_another_has_its_name(town: Town, pdok: Locatieserver) -> None:
    pdok.docs = [street("Laan", town.point()), street("Kerkweg", town.point()), street("Kerkweg", town.point(), "Dorp")]
    found = choosing.suggest_in_buurten(town.municipality, "kerkweg")
    assert [(each.line, buurt) for each, buurt in found] == [
        ("Laan", ""),
        ("Kerkweg", town.west.name),
        ("Kerkweg", town.west.name),
    ]
