from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from meldingen.files.reading import BrokenFile
from meldingen.files.rejects import Reject
from meldingen.places.addresses.own import OwnAddresses
from meldingen.places.loading import addresses as loading
from meldingen.places.loading.addresses import Outcome, load_addresses
from meldingen.places.models import Address, Street
from tests.factories import Town

HEAD = "openbareruimte;huisnummer;huisletter;huisnummertoevoeging;postcode;woonplaats;x;y"
Load = Callable[[str], tuple[Outcome, list[Reject]]]


def rows(number: int, street: str = "Dorpsstraat") -> list[str]:
    return [f"{street};{n};;;3111AB;Stad;{85100 + n};436500" for n in range(1, number + 1)]


@pytest.fixture
def load(town: Town, tmp_path: Path) -> Load:
    def run(text: str) -> tuple[Outcome, list[Reject]]:
        path = tmp_path / "bag.csv"
        path.write_text(text)
        rejects: list[Reject] = []
        return load_addresses(town.municipality, path, rejects.append), rejects

    return run


def test_each_row_becomes_an_address_in_its_buurt(load: Load, town: Town) -> None:
    outcome, _rejects = load("\n".join([HEAD, "Dorpsstraat;12;a;bis;3111 ab;Stad;86500;436500"]))
    address = Address.objects.of(town.municipality).get()
    assert (outcome.addresses, outcome.streets) == (1, 1)
    assert (str(address), address.postcode, address.buurt) == ("Dorpsstraat 12A-bis", "3111AB", town.east)


def test_loading_again_replaces_what_was_there(load: Load, town: Town, neighbour: Town) -> None:
    load("\n".join([HEAD, *rows(3)]))
    outcome, _rejects = load("\n".join([HEAD, *rows(2, "Kerkweg")]))
    assert (outcome.before, Address.objects.of(town.municipality).count()) == (3, 2)
    assert [street.name for street in Street.objects.of(town.municipality)] == ["Kerkweg"]


def test_two_addresses_may_share_a_point_and_a_name_its_apostrophe(load: Load, town: Town) -> None:
    load("\n".join([HEAD, "'s-Gravenweg;1;;;;Stad;85500;436500", "Ĳsselkade;1;;;;Stad;85500;436500"]))
    assert sorted(Street.objects.of(town.municipality).values_list("name", flat=True)) == ["'s-Gravenweg", "IJsselkade"]


BROKEN = [
    ("Dorpsstraat;twaalf;;;3111AB;Stad;85500;436500", "huisnummer"),
    ("Dorpsstraat;0;;;3111AB;Stad;85500;436500", "huisnummer"),
    (f"Dorpsstraat;{'9' * 5000};;;3111AB;Stad;85500;436500", "huisnummer"),
    (";12;;;3111AB;Stad;85500;436500", "openbareruimte"),
    ("Dorpsstraat;12;AB;;3111AB;Stad;85500;436500", "huisletter"),
    ("Dorpsstraat;12;;12345;3111AB;Stad;85500;436500", "huisnummertoevoeging"),
    ("Dorpsstraat;12;;;0111AB;Stad;85500;436500", "postcode"),
    ("Dorpsstraat;12;;;3111AB;Stad;hier;436500", "x"),
    ("Dorpsstraat;12;;;3111AB;Stad;nan;436500", "x"),
    ("Dorpsstraat;12;;;3111AB;Stad;185500;436500", ""),
    ("Dorpsstraat;12;;;3111AB", "woonplaats"),
]


@pytest.mark.parametrize(("line", "column"), BROKEN)
def test_one_broken_row_in_a_hundred_is_told_and_left_out(load: Load, line: str, column: str) -> None:
    outcome, rejects = load("\n".join([HEAD, *rows(60), line, *rows(60, "Kerkweg")]))
    assert (outcome.addresses, outcome.rejected) == (120, 1)
    assert [(reject.line, reject.column) for reject in rejects] == [(62, column)]


def test_more_than_that_refuses_the_file_and_keeps_what_was_there(load: Load, town: Town) -> None:
    load("\n".join([HEAD, *rows(5)]))
    with pytest.raises(BrokenFile):
        load("\n".join([HEAD, *rows(150, "Kerkweg"), BROKEN[0][0], BROKEN[1][0]]))
    assert Address.objects.of(town.municipality).count() == 5


@pytest.mark.parametrize("text", ["", HEAD, "straat;nummer\nA;1", HEAD.removesuffix(";x;y") + "\nA;1;;;;Stad"])
def test_a_file_without_addresses_is_refused(load: Load, text: str) -> None:
    with pytest.raises(BrokenFile):
        load(text)


def test_degrees_and_other_names_will_do(load: Load, town: Town) -> None:
    load("straatnaam,HUISNUMMER,woonplaatsNaam,lon,lat\nDorpsstraat,12,Stad,4.374,51.909")
    assert OwnAddresses(town.municipality).find("Dorpsstraat 12")


def test_a_geojson_of_points_will_do(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "bag.geojson"
    path.write_text(
        '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::28992"}},'
        '"features":[{"type":"Feature","properties":{"openbare_ruimte_naam":"Dorpsstraat","huisnummer":12,'
        '"woonplaats_naam":"Stad"},"geometry":{"type":"Point","coordinates":[85500,436500]}}]}'
    )
    load_addresses(town.municipality, path)
    assert OwnAddresses(town.municipality).find("Dorpsstraat 12")


def test_the_command_says_what_it_did_and_where_the_rejects_are(town: Town, tmp_path: Path) -> None:
    path, rejects = tmp_path / "bag.csv", tmp_path / "afgewezen.csv"
    path.write_text("\n".join([HEAD, *rows(100), BROKEN[0][0]]))
    call_command("load_addresses", town.municipality.code, path, rejects=rejects, verbosity=0)
    assert "twaalf" in rejects.read_text()
    with pytest.raises(CommandError):
        call_command("load_addresses", town.municipality.code, tmp_path / "nee.csv", verbosity=0)


def test_a_place_that_is_spelt_in_two_ways_is_one_place(load: Load, town: Town) -> None:
    outcome, _rejects = load("\n".join([HEAD, "Kerkweg;1;;;;Stad;85500;436500", "Kerkweg;2;;;;STAD;85500;436500"]))
    assert (outcome.addresses, outcome.streets) == (2, 1)
    assert [str(street) for street in Street.objects.of(town.municipality)] == ["Kerkweg, Stad"]


def test_also_when_they_stand_far_apart_in_the_file(load: Load, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "BATCH", 1)
    outcome, _rejects = load("\n".join([HEAD, "Kerkweg;1;;;;Stad;85500;436500", "Kerkweg;2;;;;STAD;85500;436500"]))
    assert (outcome.addresses, outcome.streets) == (2, 1)
