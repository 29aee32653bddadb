"""Each file with its address, its licence and whose the borders in it are."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from rdflib import DCAT, DCTERMS, RDFS

from tests.opendata.conftest import SOURCE, graph


def test_files_with_borders_say_whose_they_are(catalogue: Any) -> None:
    found = graph(catalogue)
    rights = set(found.subject_objects(DCTERMS.rights))
    assert {str(file).split("/data/")[1] for file, _rights in rights} == {
        "buurt-per-maand/2026-05.geojson#bestand",
        "buurt-per-maand/laatste.geojson#bestand",
        "gebieden-2025.geojson#bestand",
        "gebieden-2025.gpkg#bestand",
    }
    assert all(SOURCE in str(words) for _file, node in rights for words in found.objects(node, RDFS.label))


def test_every_file_that_it_names_is_there(catalogue: Any, reader: Client) -> None:
    urls = [str(url) for url in graph(catalogue).objects(None, DCAT.downloadURL)]
    paths = [url.removeprefix("http://gelezen.example") for url in urls]
    assert [reader.get(path, follow=True).status_code for path in paths] == [200] * 28


def test_a_ckan_knows_the_licence_by_its_title(catalogue: HttpResponse) -> None:
    found = graph(catalogue)
    titles = {str(found.value(licence, DCTERMS.title)) for licence in found.objects(None, DCTERMS.license)}
    assert titles == {"Creative Commons CCZero", "Creative Commons Attribution"}
