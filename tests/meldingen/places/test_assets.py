from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import connection

from meldingen.languages import Texts
from meldingen.places import assets
from meldingen.places.models import Asset, AssetKind
from tests.factories import Town
from tests.owner import as_owner


@pytest.fixture
def lamp(town: Town) -> AssetKind:
    name = Texts(nl="Lichtmast")
    own = {"municipality": town.municipality}
    kind = AssetKind.objects.create(**own, slug="lichtmast", name_texts=name, plural_texts=name, asked_by=["afval"])
    for n in range(12):
        point = Point(85500 + 10 * n, 436500, srid=28992)
        Asset.objects.create(**own, kind=kind, number=f"L-{n}", point=point, buurt=town.west)
    return kind


def test_the_nearest_eight_within_sight_are_found(town: Town, lamp: AssetKind) -> None:
    found = assets.nearest(town.municipality, Point(85501, 436500, srid=28992), [lamp])
    assert [asset.number for asset in found] == [f"L-{n}" for n in range(8)]
    assert assets.nearest(town.municipality, Point(85500, 436600, srid=28992), [lamp]) == []


def test_what_is_not_in_use_is_not_found(town: Town, lamp: AssetKind) -> None:
    Asset.objects.of(town.municipality).filter(number="L-0").update(is_active=False)
    found = assets.nearest(town.municipality, town.point(), [lamp])
    assert next(asset.number for asset in found) == "L-1"
    assert assets.by_number(town.municipality, [lamp], "L-0") == []
    assert assets.by_number(town.municipality, [lamp], " l-1 ") == found[:1]


def test_only_categories_that_ask_for_a_kind_get_it(town: Town, lamp: AssetKind, neighbour: Town) -> None:
    assert assets.kinds_for(town.municipality, ["container-vol", "afval"]) == [lamp]
    assert assets.kinds_for(town.municipality, ["wegen"]) == []
    assert assets.kinds_for(neighbour.municipality, ["afval"]) == []


def test_an_example_is_a_number_in_use(town: Town, lamp: AssetKind, neighbour: Town) -> None:
    Asset.objects.of(town.municipality).filter(number="L-0").update(is_active=False)
    assert assets.example_number(town.municipality, [lamp]) == "L-1"
    assert assets.example_number(neighbour.municipality, [lamp]) == ""


def test_they_are_found_by_the_index_of_their_places(
    town: Town, lamp: AssetKind, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO meldingen_asset (municipality_id, kind_id, number, label, point, buurt_id, is_active) "
            "SELECT municipality_id, kind_id, 'M-' || n, '', ST_Translate(point, n / 100, 100 + n %% 100), buurt_id, "
            "true FROM meldingen_asset, generate_series(1, 20000) n WHERE number = 'L-0' AND municipality_id = %s",
            [town.municipality.pk],
        )
    as_owner("ANALYZE meldingen_asset")
    with django_assert_max_num_queries(1) as queries:
        assets.nearest(town.municipality, town.point(), [lamp])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {queries.captured_queries[0]['sql']}")
        assert "meldingen_asset_point" in "\n".join(line for (line,) in cursor.fetchall())


@pytest.fixture
def bin_1(town: Town, lamp: AssetKind) -> Asset:
    """A bin with the number of a lamp."""
    own = {"municipality": town.municipality}
    names = {"name_texts": Texts(nl="Prullenbak", en="Bin"), "plural_texts": Texts(nl="Prullenbakken")}
    kind = AssetKind.objects.create(**own, slug="bak", **names, asked_by=["afval"])
    return Asset.objects.create(**own, kind=kind, number="l-1", point=town.point(), buurt=town.west)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("L-1", {"L-1", "l-1"}),
        ("l-1", {"L-1", "l-1"}),
        ("Prullenbak L-1", {"l-1"}),
        ("bin  l-1", {"l-1"}),
        ("lichtmast l-1", {"L-1"}),
        ("L-2", {"L-2"}),
        ("l 2", {"L-2"}),
        ("L002", {"L-2"}),
        ("002", {"L-2"}),
        ("lichtmast 002", {"L-2"}),
        ("2", set()),
        ("lichtmast 2", {"L-2"}),
        ("-", set()),
        ("Prullenbak L-2", set()),
    ],
)
def test_a_number_of_two_kinds_is_told_apart_by_the_name_of_a_kind(
    town: Town, lamp: AssetKind, bin_1: Asset, typed: str, found: set[str]
) -> None:
    kinds = [lamp, bin_1.kind]
    assert {asset.number for asset in assets.by_number(town.municipality, kinds, typed)} == found


def test_where_a_number_is_asked_for_its_digits_are_enough(town: Town, lamp: AssetKind, bin_1: Asset) -> None:
    found = [assets.by_number(town.municipality, [lamp], "2", is_number=each) for each in (True, False)]
    assert [[asset.number for asset in each] for each in found] == [["L-2"], []]


def test_numbers_of_one_kind_may_differ_in_the_case_of_a_letter(town: Town, lamp: AssetKind, bin_1: Asset) -> None:
    Asset.objects.filter(pk=bin_1.pk).update(kind=lamp)
    found = [assets.by_number(town.municipality, [lamp], typed) for typed in ("l-1", "Lichtmast L-1")]
    assert [[asset.number for asset in each] for each in found] == [["l-1"], ["L-1"]]


@pytest.mark.parametrize(
    ("label", "left"),
    [("", ""), ("Lichtmast L-1", ""), ("Lichtmast Kerkweg", "Kerkweg"), ("Bij de brug", "Bij de brug")],
)
def test_a_label_does_not_repeat_kind_and_number(town: Town, lamp: AssetKind, label: str, left: str) -> None:
    assert Asset(kind=lamp, number="L-1", label=label).own_label == left


def test_how_far_an_object_is_is_said_in_whole_metres(town: Town, lamp: AssetKind) -> None:
    lamp_3 = Asset.objects.of(town.municipality).get(number="L-3")
    assert assets.metres(lamp_3, town.point()) == 30
