"""Names that stay the same on whatever host."""

from typing import Any

from django.test import Client
from rdflib import DCAT, DCTERMS, RDF

from meldingen.tenancy.models import Host
from tests.factories import Town
from tests.opendata.conftest import graph


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
    assert len(before) == 1 + 4 + 7 + 3 + 1 + 1  # catalogue, records, datasets, series, place, interface
