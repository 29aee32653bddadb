"""The catalogue: valid, whole, or not there."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from rdflib import DCAT, DCTERMS, RDF, RDFS, Graph

from meldingen.tenancy.models import Host
from meldingen.tenancy.models.municipality import Municipality
from opendata import dcat, origin, releases
from opendata.models.release import ReleaseFile
from tests.factories import Town
from tests.opendata.conftest import MAY, SOURCE, publishing_town

SHAPES = Path(__file__).resolve().parents[3] / "shared" / "shapes"


def graph(response: Any) -> Graph:
    return Graph().parse(data=response.content, format="turtle")


@pytest.fixture
def catalogue(reader: Client) -> Any:
    return reader.get("/data/catalog.ttl")


@pytest.mark.skipif(not SHAPES.exists(), reason="the shapes are not part of the project")
def test_it_conforms_to_dcat_ap_nl(catalogue: Any) -> None:
    from pyshacl import validate

    shapes = str(SHAPES / "dcat-ap-nl-3.ttl")
    extra = Graph().parse(SHAPES / "ontology_stub.ttl")
    conforms, _, text = validate(graph(catalogue), shacl_graph=shapes, ont_graph=extra, allow_warnings=True)
    assert conforms, text


def test_it_holds_every_dataset_and_file(catalogue: Any) -> None:
    found = graph(catalogue)
    assert len(list(found.subjects(RDF.type, DCAT.Dataset))) == 3
    assert len(list(found.subjects(RDF.type, DCAT.Distribution))) == 7


def test_files_with_borders_say_whose_they_are(catalogue: Any) -> None:
    found = graph(catalogue)
    rights = set(found.subject_objects(DCTERMS.rights))
    assert {str(file).endswith(".geojson#bestand") for file, _rights in rights} == {True}
    assert len(rights) == 1
    assert all(SOURCE in str(found.value(node, RDFS.label)) for _file, node in rights)


def test_every_file_that_it_names_is_there(catalogue: Any, reader: Client) -> None:
    urls = [str(url) for url in graph(catalogue).objects(None, DCAT.downloadURL)]
    paths = [url.removeprefix("http://gelezen.example") for url in urls]
    assert [reader.get(path).status_code for path in paths] == [200] * 7


def test_it_answers_head_and_gives_the_same_bytes_twice(catalogue: Any, reader: Client) -> None:
    assert reader.head("/data/catalog.ttl").status_code == 200
    cache.clear()  # made again: each process keeps its own
    assert reader.get("/data/catalog.ttl").content == catalogue.content
    assert catalogue["Content-Type"] == "text/turtle; charset=utf-8"


def test_it_is_made_again_only_when_it_changes(
    catalogue: Any, reader: Client, published_city: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    monkeypatch.setattr(dcat._Catalogue, "build", lambda self, found: made.append(found))
    assert reader.get("/data/catalog.ttl").content == catalogue.content
    assert made == []
    type(published_city.municipality).objects.update(publisher_name="Nieuwe naam")
    reader.get("/data/catalog.ttl")
    assert len(made) == 1


def test_the_day_of_publishing_is_that_of_the_municipality(
    city: Town, publisher: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    releases.publish(publisher, MAY)
    found = graph(Client(headers={"host": city.host}).get("/data/catalog.ttl"))
    assert {str(day) for day in found.objects(None, DCTERMS.issued)} == {"2026-07-01"}


def test_half_of_it_is_a_503(reader: Client, lost_file: ReleaseFile) -> None:
    assert reader.get("/data/catalog.ttl").status_code == 503


def test_a_register_that_knows_more_than_the_database_is_a_503(reader: Client, published_city: Town) -> None:
    code, more = published_city.municipality.code, {"buurt-per-maand/2020-01": "0"}
    known = origin.read(published_city.municipality)
    origin._write(code, known | more, origin.this_database())
    assert reader.get("/data/catalog.ttl").status_code == 503
    origin._write(code, known, origin.this_database())


def test_before_the_first_figures_there_is_no_catalogue_and_it_says_so(db: None) -> None:
    answer = Client(headers={"host": publishing_town(host="leeg.example").host}).get("/data/catalog.ttl")
    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
    assert "eerste cijfers" in answer.text


def names(response: Any) -> set[str]:
    found = graph(response)
    harvested = (DCAT.Catalog, DCAT.Dataset, DCAT.CatalogRecord)
    own = {str(node) for kind in harvested for node in found.subjects(RDF.type, kind)}
    return own | {str(name) for name in found.objects(None, DCTERMS.identifier)}


def test_what_harvesters_know_again_keeps_its_name_on_another_host(reader: Client, published_city: Town) -> None:
    before = names(reader.get("/data/catalog.ttl"))
    here = published_city.municipality
    here.hosts.update(is_primary=False)
    Host.objects.create(municipality=here, name="verhuisd.example", is_primary=True)
    assert names(reader.get("/data/catalog.ttl")) == before
    assert len(before) == 7


@pytest.mark.parametrize("values", [{"publisher_uri": "https://x.example/{id}"}, {"contact_email": "{wij}@x.example"}])
def test_no_value_of_a_municipality_breaks_the_whole_catalogue(
    reader: Client, published_city: Town, values: dict[str, str]
) -> None:
    type(published_city.municipality).objects.filter(pk=published_city.municipality.pk).update(**values)
    assert len(graph(reader.get("/data/catalog.ttl"))) > 100


def test_without_a_contact_there_is_no_catalogue(reader: Client, published_city: Town) -> None:
    type(published_city.municipality).objects.update(contact_email="")
    assert reader.get("/data/catalog.ttl").status_code == 503
