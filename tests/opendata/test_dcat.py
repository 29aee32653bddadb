"""The catalogue: valid, whole, or not there."""

from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from rdflib import DCAT, RDF, Graph
from rdflib.compare import isomorphic

from meldingen.tenancy.models import Municipality
from opendata import dcat, releases
from tests.factories import Town
from tests.opendata.conftest import MAY, graph, publishing_town

SHAPES = Path(__file__).resolve().parents[3] / "shared" / "shapes"


@pytest.mark.skipif(not SHAPES.exists(), reason="the shapes are not part of the project")
def test_it_conforms_to_dcat_ap_nl(catalogue: Any) -> None:
    from pyshacl import validate

    shapes = str(SHAPES / "dcat-ap-nl-3.ttl")
    extra = Graph().parse(SHAPES / "ontology_stub.ttl")
    conforms, _, text = validate(graph(catalogue), shacl_graph=shapes, ont_graph=extra, allow_warnings=True)
    assert conforms, text


def test_it_answers_head_and_gives_the_same_bytes_twice(catalogue: Any, reader: Client) -> None:
    assert reader.head("/data/catalog.ttl").status_code == 200
    cache.clear()  # made again: each process keeps its own
    assert reader.get("/data/catalog.ttl").content == catalogue.content
    assert catalogue["Content-Type"] == "text/turtle; charset=utf-8"


def test_it_is_made_again_only_when_it_changes(
    catalogue: Any, reader: Client, published_city: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    describe = Mock(return_value=Graph())
    monkeypatch.setattr(dcat, "describe_all", describe)
    assert reader.get("/data/catalog.ttl").content == catalogue.content
    assert not describe.called
    type(published_city.municipality).objects.update(publisher_name="Nieuwe naam")
    reader.get("/data/catalog.ttl")
    assert describe.call_count == 1


@pytest.mark.skipif(not SHAPES.exists(), reason="the shapes are not part of the project")
@pytest.mark.slow
def test_three_towns_conform_in_one_graph(publisher: Municipality) -> None:
    from pyshacl import validate

    towns = [publisher, *(publishing_town(host=f"{name}.example").municipality for name in ("tweede", "derde"))]
    whole = Graph()
    for town in towns:
        releases.publish(town, MAY)
        whole.parse(data=dcat.catalogue(town, "ttl"), format="turtle")
    extra = Graph().parse(SHAPES / "ontology_stub.ttl")
    shapes = str(SHAPES / "dcat-ap-nl-3.ttl")
    conforms, _, text = validate(whole, shacl_graph=shapes, ont_graph=extra, allow_warnings=True)
    assert conforms, text
    assert len(set(whole.subjects(RDF.type, DCAT.Catalog))) == len(towns)


def test_json_ld_says_the_same(reader: Client, catalogue: HttpResponse) -> None:
    answer = reader.get("/data/catalog.jsonld")
    assert answer["Content-Type"] == "application/ld+json; charset=utf-8"
    assert isomorphic(Graph().parse(data=answer.content, format="json-ld"), graph(catalogue))


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "text/turtle"),
    ],
)
def test_who_asks_without_a_suffix_gets_what_it_reads_best(reader: Client, accept: str, given: str) -> None:
    answer = reader.get("/data/catalog", headers={"accept": accept})
    assert answer["Content-Type"].startswith(given)
    assert "Accept" in answer["Vary"].split(", ")
