"""All of what the catalogue tells is there, or there is no catalogue."""

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client

from opendata import maps, origin
from opendata.models.release import ReleaseFile
from tests.factories import Town
from tests.opendata.conftest import fix_next_year, publishing_town


def test_half_of_it_is_a_503(reader: Client, lost_file: ReleaseFile) -> None:
    assert reader.get("/data/catalog.ttl").status_code == 503


def test_a_register_that_knows_more_than_the_database_is_a_503(reader: Client, published_city: Town) -> None:
    code, more = published_city.municipality.code, {"buurt-per-maand/2020-01": "0"}
    known = origin.read(published_city.municipality)
    origin._write(code, known | more, origin.this_database())
    assert reader.get("/data/catalog.ttl").status_code == 503
    origin._write(code, known, origin.this_database())


def test_without_the_files_of_a_whole_history_it_is_a_503(reader: Client, published_city: Town) -> None:
    name = f"{published_city.municipality.code}/buurt-per-maand/alles.json"
    pointer = storages["releases"].open(name).read()
    storages["releases"].delete(name)
    try:
        assert reader.get("/data/catalog.ttl").status_code == 503
    finally:
        storages["releases"].save(name, ContentFile(pointer))


def test_the_grid_of_next_year_is_no_part_of_it_yet(reader: Client, published_city: Town) -> None:
    year = fix_next_year(published_city)
    assert not maps.is_written(published_city.municipality, year)
    answer = reader.get("/data/catalog.ttl")
    assert answer.status_code == 200
    assert f"gebieden-{year}" not in answer.text


def test_before_the_first_figures_there_is_no_catalogue_and_it_says_so(db: None) -> None:
    answer = Client(headers={"host": publishing_town(host="leeg.example").host}).get("/data/catalog.ttl")
    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
    assert "eerste cijfers" in answer.text
