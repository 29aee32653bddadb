"""Files of whole histories and of areas are given without the database."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import Town

ALL = "/data/buurt-per-maand/alles.csv"
AREAS = "/data/gebieden-2025.gpkg"


def checksum(reader: Client, path: str) -> str:
    return reader.get(path)["ETag"].strip('"')


@pytest.mark.parametrize("path", [ALL, AREAS])
def test_the_database_is_asked_whose_host_it_is_and_nothing_else(
    reader: Client, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sha256 = checksum(reader, path)
    for query in ("", f"?sha256={sha256}"):
        with django_assert_num_queries(1):
            assert reader.get(path + query).status_code == 200


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
@pytest.mark.parametrize(
    "path",
    ["/data/bestaat-niet/alles.csv", "/data/gebieden-1999.gpkg", f"{ALL}?sha256=x", f"{AREAS}?sha256={'0' * 64}"],
)
def test_what_is_not_there_is_said_without_it_too(
    reader: Client, path: str, accept: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert reader.get(path, headers={"accept": accept}).status_code == 404


def test_what_is_away_too(
    reader: Client, published_city: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    name = f"{published_city.municipality.code}/buurt-per-maand/alles.json"
    pointer = storages["releases"].open(name).read()
    storages["releases"].save(name, ContentFile(b"{"))
    with django_assert_num_queries(1):
        answer = reader.get(ALL, headers={"accept": "text/html"})
    storages["releases"].save(name, ContentFile(pointer))
    assert answer.status_code == 503
