import json

from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point
from django.utils import timezone

from meldingen.places.geo import to_door
from meldingen.places.models import Area
from meldingen.tenancy.models import Municipality
from tests.factories import square


def test_it_gives_the_buurten_in_degrees(resident, town):
    found = json.loads(resident.get("/kaart/gebieden.geojson").content)
    assert {area["properties"]["code"] for area in found["features"]} == {town.west.code, town.east.code}
    longitude, latitude = to_door(town.point())
    border = GEOSGeometry(json.dumps(found["features"][0]["geometry"]))
    assert border.covers(Point(longitude, latitude, srid=4326)) is (
        found["features"][0]["properties"]["code"] == town.west.code
    )


def test_it_is_asked_again_for_nothing(resident):
    first = resident.get("/kaart/gebieden.geojson")
    second = resident.get("/kaart/gebieden.geojson", headers={"if-none-match": first["ETag"]})
    assert (second.status_code, second.content) == (304, b"")
    assert "public" in first["Cache-Control"]
    assert "Set-Cookie" not in first


def test_the_neighbour_has_another_map(resident, town, neighbour, client):
    theirs = client.get("/kaart/gebieden.geojson", headers={"host": neighbour.host})
    assert town.west.code.encode() not in theirs.content
    assert neighbour.west.code.encode() in theirs.content


def test_borders_of_another_year_are_not_drawn(resident, town):
    town.municipality.area_vintage = 2031
    town.municipality.save()
    assert json.loads(resident.get("/kaart/gebieden.geojson").content)["features"] == []


def test_a_corrected_file_of_the_same_year_is_drawn_at_once(resident, town):
    resident.get("/kaart/gebieden.geojson")
    Area.objects.filter(pk=town.west.pk).update(is_retired=True)
    Municipality.objects.filter(pk=town.municipality.pk).update(areas_loaded_at=timezone.now())
    assert town.west.code.encode() not in resident.get("/kaart/gebieden.geojson").content


def test_the_borders_say_whose_they_are(resident, town):
    Area.objects.filter(pk=town.gemeente.pk).update(attribution="Kadaster / CBS, 2025")
    assert json.loads(resident.get("/kaart/gebieden.geojson").content)["attribution"] == "Kadaster / CBS, 2025"


def test_a_sliver_makes_no_ring_without_area(resident, town):
    sliver = square(88000, 436000, 0.3)[0]
    Area.objects.filter(pk=town.west.pk).update(geometry=MultiPolygon(*town.west.geometry, sliver, srid=28992))
    Area.objects.filter(pk=town.east.pk).update(geometry=MultiPolygon(sliver, srid=28992))
    first, second = json.loads(resident.get("/kaart/gebieden.geojson").content)["features"]
    assert GEOSGeometry(json.dumps(first["geometry"])).num_points == 5
    assert second["geometry"] is None
