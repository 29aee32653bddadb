"""What the catalogue tells: datasets, their series and periods, the areas, the town."""

from collections import Counter
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from rdflib import DCAT, DCTERMS, RDF, URIRef

from meldingen.tenancy.models import Municipality
from opendata import releases
from opendata.dcat.graph import ADMS, VCARD
from tests.factories import Town
from tests.opendata.conftest import APRIL, MAY, graph

DCAT_SERIES, DCAT_IN_SERIES = URIRef(f"{DCAT}DatasetSeries"), URIRef(f"{DCAT}inSeries")


def test_it_holds_every_dataset_and_file(catalogue: Any) -> None:
    found = graph(catalogue)
    members = Counter(found.objects(None, DCAT_IN_SERIES))
    assert sorted(members.values()) == [2, 2, 2]  # all periods, and May
    assert set(members) == set(found.subjects(RDF.type, DCAT_SERIES))
    assert len(list(found.subjects(RDF.type, DCAT.Dataset))) == 3 + 3 + 1  # and the areas
    whole, newest, may, areas = 3 * 4, 7, 7, 2
    assert len(list(found.subjects(RDF.type, DCAT.Distribution))) == whole + newest + may + areas


def test_titles_and_descriptions_are_in_both_languages(catalogue: HttpResponse) -> None:
    found = graph(catalogue)
    for kind in (DCAT.Catalog, DCAT.Dataset, DCAT_SERIES, DCAT.Distribution):
        for subject, said in product(found.subjects(RDF.type, kind), (DCTERMS.title, DCTERMS.description)):
            assert {getattr(words, "language", None) for words in found.objects(subject, said)} == {"nl", "en"}


def test_what_grows_is_never_completed_and_what_is_drawn_is_never_brought_up_to_date(catalogue: HttpResponse) -> None:
    found = graph(catalogue)
    said = {
        (str(found.value(dataset, DCTERMS.accrualPeriodicity)).split("/")[-1], (dataset, ADMS.status, None) in found)
        for dataset in found.subjects(RDF.type, DCAT.Dataset)
    }
    assert said == {("MONTHLY", False), ("NEVER", True), ("ANNUAL", False)}


def test_a_portal_places_the_town_and_knows_whom_to_call(reader: Client, published_city: Town) -> None:
    type(published_city.municipality).objects.update(phone="14 0123")
    found = graph(reader.get("/data/catalog.ttl"))
    assert {str(number) for number in found.objects(None, VCARD.hasTelephone)} == {"tel:140123"}
    place = found.value(predicate=RDF.type, object=DCTERMS.Location)
    assert str(found.value(place, DCTERMS.identifier)) == published_city.municipality.code
    west, south = str(found.value(place, DCAT.bbox)).removeprefix("POLYGON((").split(",")[0].split()
    assert (3 < float(west) < 8, 50 < float(south) < 54) == (True, True)


def test_a_period_names_the_one_before_it(publisher: Municipality, visitor: Client) -> None:
    for month in (APRIL, MAY):
        releases.publish(publisher, month)
    found = graph(visitor.get("/data/catalog.ttl"))
    before = dict(found.subject_objects(URIRef(f"{DCAT}prev")))
    first, last = (set(found.objects(None, URIRef(f"{DCAT}{which}"))) for which in ("first", "last"))
    assert (set(before), set(before.values())) == (last, first)
    assert len(before) == 3


@pytest.mark.parametrize("values", [{"publisher_uri": "https://x.example/{id}"}, {"contact_email": "{wij}@x.example"}])
def test_no_value_of_a_municipality_breaks_the_whole_catalogue(
    reader: Client, published_city: Town, values: dict[str, str]
) -> None:
    type(published_city.municipality).objects.filter(pk=published_city.municipality.pk).update(**values)
    assert len(graph(reader.get("/data/catalog.ttl"))) > 100


def test_without_a_contact_there_is_no_catalogue(reader: Client, published_city: Town) -> None:
    type(published_city.municipality).objects.update(contact_email="")
    assert reader.get("/data/catalog.ttl").status_code == 503


def test_the_day_of_publishing_is_that_of_the_municipality(
    city: Town, publisher: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    releases.publish(publisher, MAY)
    found = graph(Client(headers={"host": city.host}).get("/data/catalog.ttl"))
    assert {str(day) for day in found.objects(None, DCTERMS.issued)} == {"2026-07-01"}
