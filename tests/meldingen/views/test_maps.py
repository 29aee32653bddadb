import json

from django.contrib.gis.geos import GEOSGeometry, Point

from meldingen.geo import to_door


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
