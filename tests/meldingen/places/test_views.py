import json
from typing import Any

import pytest
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from meldingen.languages import Texts
from meldingen.places.geo import to_door
from meldingen.places.models import Address, Area, Asset, AssetKind, Street
from meldingen.tenancy.models import Municipality
from tests.factories import Town, square
from tests.locatieserver import Locatieserver, address
from tests.places import landmark

PLACE = {"address": "", "metres": 0, "buurt": "", "is_ours": False, "elsewhere": None, "objects": [], "water": False}


def test_it_gives_the_buurten_in_degrees(resident: Client, town: Town) -> None:
    found = json.loads(resident.get("/kaart/gebieden.geojson").content)
    assert {area["properties"]["code"] for area in found["features"]} == {town.west.code, town.east.code}
    longitude, latitude = to_door(town.point())
    border = GEOSGeometry(json.dumps(found["features"][0]["geometry"]))
    assert border.covers(Point(longitude, latitude, srid=4326)) is (
        found["features"][0]["properties"]["code"] == town.west.code
    )


def test_it_is_asked_again_for_nothing(resident: Client) -> None:
    first = resident.get("/kaart/gebieden.geojson")
    second = resident.get("/kaart/gebieden.geojson", headers={"if-none-match": first["ETag"]})
    assert (second.status_code, second.content) == (304, b"")
    assert "public" in first["Cache-Control"]
    assert "Set-Cookie" not in first


def test_the_neighbour_has_another_map(resident: Client, town: Town, neighbour: Town, client: Client) -> None:
    theirs = client.get("/kaart/gebieden.geojson", headers={"host": neighbour.host})
    assert town.west.code.encode() not in theirs.content
    assert neighbour.west.code.encode() in theirs.content


def test_borders_of_another_year_are_not_drawn(resident: Client, town: Town) -> None:
    town.municipality.area_vintage = 2031
    town.municipality.save()
    assert json.loads(resident.get("/kaart/gebieden.geojson").content)["features"] == []


def test_a_corrected_file_of_the_same_year_is_drawn_at_once(resident: Client, town: Town) -> None:
    resident.get("/kaart/gebieden.geojson")
    Area.objects.filter(pk=town.west.pk).update(is_retired=True)
    Municipality.objects.filter(pk=town.municipality.pk).update(areas_loaded_at=timezone.now())
    assert town.west.code.encode() not in resident.get("/kaart/gebieden.geojson").content


def test_the_borders_say_whose_they_are(resident: Client, town: Town) -> None:
    Area.objects.filter(pk=town.gemeente.pk).update(attribution="Kadaster / CBS, 2025")
    assert json.loads(resident.get("/kaart/gebieden.geojson").content)["attribution"] == "Kadaster / CBS, 2025"


def test_a_sliver_makes_no_ring_without_area(resident: Client, town: Town) -> None:
    sliver = square(88000, 436000, 0.3)[0]
    Area.objects.filter(pk=town.west.pk).update(geometry=MultiPolygon(*town.west.geometry, sliver, srid=28992))
    Area.objects.filter(pk=town.east.pk).update(geometry=MultiPolygon(sliver, srid=28992))
    first, second = json.loads(resident.get("/kaart/gebieden.geojson").content)["features"]
    assert GEOSGeometry(json.dumps(first["geometry"])).num_points == 5
    assert second["geometry"] is None


def test_addresses_are_suggested_by_post_and_by_nobody_kept(resident: Client, town: Town) -> None:
    street = Street.objects.create(
        municipality=town.municipality, name="Dorpsstraat", place="Stad", key="dorpsstraat", place_key="stad",
        point=town.point(),
    )  # fmt: skip
    Address.objects.create(
        municipality=town.municipality, street=street, number=12, buurt=town.west, point=town.point()
    )
    answer = resident.post("/kaart/adressen", {"q": "dorpstraat 12"})
    assert [(each["text"], each["buurt"]) for each in answer.json()["found"]] == [
        ("Dorpsstraat 12, Stad", town.west.name)
    ]
    assert answer["Cache-Control"] == "no-store"
    assert resident.get("/kaart/adressen?q=dorpstraat").status_code == 405
    longitude, latitude = to_door(town.point())
    there = resident.post("/kaart/rondom", {"longitude": longitude, "latitude": latitude})
    assert there.json() == PLACE | {"address": "Dorpsstraat 12", "buurt": town.west.name, "is_ours": True}


def test_an_object_is_found_by_its_number_among_the_kinds_of_the_page(resident: Client, town: Town) -> None:
    own, name = {"municipality": town.municipality}, Texts(nl="Lamp")
    kind = AssetKind.objects.create(**own, slug="lamp", name_texts=name, plural_texts=name, asked_by=["afval"])
    Asset.objects.create(**own, kind=kind, number="L-1044", buurt=town.east, point=town.point())
    for kinds, found in (([kind.pk], ["Lamp L-1044"]), ([], [])):
        answer = resident.post("/kaart/adressen", {"q": "lamp l-1044", "kind": kinds}).json()
        assert [each["text"] for each in answer["found"] if each.get("is_object")] == found


@pytest.mark.parametrize("sent", [{}, {"longitude": "nan", "latitude": "x"}, {"longitude": "4", "latitude": "91"}])
def test_a_pin_that_is_none_has_nothing_around_it(resident: Client, sent: Any) -> None:
    assert resident.post("/kaart/rondom", sent | {"kind": ["x", "9" * 30]}).json() == PLACE


def test_who_types_reads_when_addresses_cannot_be_looked_up(resident: Client, pdok: Locatieserver, town: Town) -> None:
    pdok.docs = [address("Dorpsstraat", 12, town.point())]
    answer = resident.post("/kaart/adressen", {"q": "dorpsst"}).json()
    assert ([each["text"] for each in answer["found"]], answer["away"]) == (["Dorpsstraat 12, 3111 AB Stad"], False)
    pdok.body = b"<h1>Storing</h1>"
    assert resident.post("/kaart/adressen", {"q": "dorpsstr"}).json()["away"] is True


def test_a_walk_over_the_map_pushes_out_nothing_else(resident: Client) -> None:
    cache.set("answer", "kept", 60)
    caches["squares"].clear()
    for x in range(300):
        assert resident.get(f"/kaart/vlak/12/{x}/0.json").status_code == 200
    assert cache.get("answer") == "kept"
    with CaptureQueriesContext(connection) as asked:
        resident.get("/kaart/vlak/12/0/0.json")
    assert not [query for query in asked if "ST_AsMVTGeom" in query["sql"]]


def test_each_object_near_a_pin_is_named_with_its_kind(resident: Client, town: Town) -> None:
    own, name = {"municipality": town.municipality}, Texts(nl="Lichtmast")
    kind = AssetKind.objects.create(**own, slug="lichtmast", name_texts=name, plural_texts=name)
    there = Point(town.point().x + 8, town.point().y, srid=28992)
    Asset.objects.create(**own, kind=kind, number="L-1", label="Lichtmast Kerkweg", point=there, buurt=town.west)
    longitude, latitude = to_door(town.point())
    sent = {"longitude": longitude, "latitude": latitude, "kind": kind.pk}
    (found,) = resident.post("/kaart/rondom", sent).json()["objects"]
    assert (found["text"], found["label"], found["metres"]) == ("Lichtmast L-1", "Kerkweg", 8)


def test_a_pin_in_the_neighbouring_town_is_said_with_its_link(resident: Client, town: Town, neighbour: Town) -> None:
    Area.objects.filter(pk=neighbour.gemeente.pk).update(name="Veen", geometry=square(90000, 436000))
    longitude, latitude = to_door(Point(90500, 436500, srid=28992))
    answer = resident.post("/kaart/rondom", {"longitude": longitude, "latitude": latitude}).json()
    assert answer == PLACE | {"elsewhere": {"name": "Veen", "url": f"http://{neighbour.host}/melden/"}}


def test_a_pin_in_the_water_of_our_own_has_a_buurt_and_no_address(resident: Client, town: Town) -> None:
    longitude, latitude = to_door(town.point())
    answer = resident.post("/kaart/rondom", {"longitude": longitude, "latitude": latitude}).json()
    assert answer == PLACE | {"buurt": town.west.name, "is_ours": True}


def test_what_lies_around_a_pin_costs_few_queries(
    resident: Client, town: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    longitude, latitude = map(str, to_door(town.point()))
    with django_assert_max_num_queries(8):
        resident.post("/kaart/rondom", {"longitude": longitude, "latitude": latitude})


def to_buurt(resident: Client, typed: str) -> Any:
    return resident.post("/kaart/buurt", {"q": typed}, headers={"accept-language": "nl"})


def test_the_name_of_a_buurt_leads_to_its_figures(resident: Client, town: Town) -> None:
    answer = to_buurt(resident, town.west.name.upper())
    assert (answer.status_code, answer["Location"]) == (302, f"/data/mijn-buurt/{town.west.code}")


def test_an_address_leads_to_the_figures_of_its_buurt_and_stands_in_no_address(resident: Client, town: Town) -> None:
    street = Street.objects.create(
        municipality=town.municipality, name="Dorpsstraat", place="Stad", key="dorpsstraat", place_key="stad",
        point=town.point(),
    )  # fmt: skip
    Address.objects.create(
        municipality=town.municipality, street=street, number=12, buurt=town.west, point=town.point()
    )
    answer = to_buurt(resident, "Dorpsstraat 12")
    assert answer["Location"] == f"/data/mijn-buurt/{town.west.code}"


def test_a_part_of_a_name_is_asked_about_and_what_is_unknown_gets_the_list(resident: Client, town: Town) -> None:
    both, unknown = to_buurt(resident, "Gebied BU"), to_buurt(resident, "Atlantis")
    assert (both.status_code, unknown.status_code) == (200, 404)
    assert "kennen wij niet" in unknown.text
    for answer in (both, unknown):
        assert all(f"/data/mijn-buurt/{buurt.code}" in answer.text for buurt in (town.west, town.east))
    assert to_buurt(resident, " ").status_code == 404


def test_who_comes_back_to_the_search_gets_the_box_and_the_list(resident: Client, town: Town) -> None:
    answer = resident.get("/kaart/buurt")
    assert answer.status_code == 200
    assert "kennen wij niet" not in answer.text
    assert f"/data/mijn-buurt/{town.west.code}" in answer.text


def test_what_is_spelt_nearly_like_a_neighbourhood_or_a_street_is_offered(resident: Client, town: Town) -> None:
    Area.objects.filter(pk=town.west.pk).update(name="Havenkwartier")
    Street.objects.create(
        municipality=town.municipality, name="Dorpsstraat", place="Stad", key="dorpsstraat", place_key="stad",
        point=town.point(),
    )  # fmt: skip
    for typed, meant in (("havenkwartir", "Havenkwartier"), ("Dorpstraet", "Dorpsstraat")):
        answer = to_buurt(resident, typed)
        assert (answer.status_code, f'name="q" value="{meant}"' in answer.text) == (404, True)
    assert "Bedoelt u" not in to_buurt(resident, "qqqqqq").text


def test_a_street_without_a_number_leads_to_its_buurt_and_where_it_lies_in_two_both_are_asked(
    resident: Client, town: Town
) -> None:
    street = Street.objects.create(
        municipality=town.municipality, name="Lange Laan", place="Stad", key="lange laan", place_key="stad",
        point=town.point(),
    )  # fmt: skip
    own = {"municipality": town.municipality, "street": street}
    Address.objects.create(**own, number=1, buurt=town.west, point=town.point())
    assert to_buurt(resident, "lange laan")["Location"] == f"/data/mijn-buurt/{town.west.code}"
    Address.objects.create(**own, number=300, buurt=town.east, point=Point(86500, 436500, srid=28992))
    both = to_buurt(resident, "Lange laan")
    assert both.status_code == 200
    assert all(f"/data/mijn-buurt/{buurt.code}" in both.text for buurt in (town.west, town.east))


def test_a_neighbourhood_is_suggested_by_its_name_and_an_unknown_number_is_named(resident: Client, town: Town) -> None:
    answer = resident.post("/kaart/adressen", {"q": town.west.name}).json()
    assert answer["buurten"] == [{"code": town.west.code, "name": town.west.name}]
    own: dict[str, Any] = {"municipality": town.municipality}
    street = Street.objects.create(
        **own, name="Dorpsweg", place="Stad", key="dorpsweg", place_key="stad", point=town.point()
    )
    Address.objects.create(**own, street=street, number=12, buurt=town.west, point=town.point())
    texts = ("Dorpsweg 9", "Dorpsweg", "Dorpsteeg 9")  # of the last another street may be meant
    numbers = [resident.post("/kaart/adressen", {"q": typed}).json()["number"] for typed in texts]
    assert numbers == ["9", "", ""]


def test_places_by_name_stand_beside_streets_and_say_their_buurt(resident: Client, town: Town) -> None:
    landmark(town, "groen", "Haven")
    street = {"name": "Haven", "place": "Stad", "key": "haven", "place_key": "stad"}
    Street.objects.create(municipality=town.municipality, **street, point=town.point())
    answer = resident.post("/kaart/adressen", {"q": "haven"}).json()
    (place,) = answer["landmarks"]
    assert [each["text"] for each in answer["found"]] == ["Haven, Stad"]
    assert (place["text"], place["label"], place["buurt"], place["code"]) == (
        "Haven", "groen", town.west.name, town.west.code
    )  # fmt: skip
    west, south, east, north = place["box"]
    longitude, latitude = to_door(town.point())
    assert west < longitude < east
    assert south < latitude < north


def test_a_whole_address_is_no_place_by_name(resident: Client, town: Town) -> None:
    landmark(town, "groen", "Haven 12")
    own = {"municipality": town.municipality, "point": town.point()}
    street = Street.objects.create(**own, name="Haven", place="Stad", key="haven", place_key="stad")
    Address.objects.create(**own, street=street, number=12, buurt=town.west)
    assert resident.post("/kaart/adressen", {"q": "haven 12"}).json()["landmarks"] == []
