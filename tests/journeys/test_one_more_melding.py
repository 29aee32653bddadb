"""What the public sees does not depend on one melding: with it and without it, every address gives the same bytes."""

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from meldingen.record.models import Melding
from opendata import memory, releases
from opendata.disclosure import Period
from tests.factories import Town
from tests.meldingen.nearby.conftest import public_category

pytestmark = pytest.mark.slow

STAFF = ("beheer/", "api/v1/staff/")
# A value for each parameter of an address; an address with another parameter fails the test until it has one.
VALUES = {
    "dataset": ["wijk-hoofdcategorie-per-maand", "buurt-per-maand", "categorie-per-maand", "nergens"],
    "period": ["2026-05", "2026-06", "2026-Q2"],
    "extension": ["csv", "json", "geojson", "xlsx", "parquet", "jsonl", "gpkg", "ttl", "jsonld", "svg"],
    "vintage": ["2025", "1999"],
    "which": ["2026-05", "alles"],
    "code": ["GM0000"],
    "slug": ["dumping", "nergens"],
    "key": ["00000000-0000-0000-0000-000000000000"],
    "size": ["klein"],
    "digest": ["0123456789abcdef"],
    "name": ["0123456789abcdef.png", "uitgaven", "releases"],
    "z": ["14", "99"],
    "x": ["8388"],
    "y": ["5416"],
}
# What is only answered to a question.
ASKED = [
    "/data/api/v1/cijfers?van=2026-04&tot=2026-05&groep=periode,buurt",
    "/data/api/v1/cijfers?groep=categorie&format=csv",
    "/data/api/v1/vergelijking?periode=2026-05&metPeriode=2026-04&groep=categorie",
]
# Fresh in every answer, with or without a melding: the token of a form, and the server's clock.
FRESH = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
CLOCKS = {"Date"}


@pytest.fixture
def published(transactional_db: None) -> Town:
    """A town with a melding in May, which is published with April, and one today; and one that the map shows."""
    place = Town()
    lamp = public_category(place)
    days_ago = timezone.now() - timedelta(days=3)
    place.melding(received_at=days_ago, category=lamp, category_by="staff", point=place.point())
    place.melding(received_at=datetime(2026, 5, 5, 12, tzinfo=UTC), category=place.dumping)
    place.melding(category=place.dumping)
    for month in (4, 5):
        releases.publish(place.municipality, Period.month(2026, month))
    return place


def patterns(resolver: Any, before: Any = "") -> Iterator[Any]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        elif not route.startswith(STAFF):
            yield from patterns(pattern, route)


def addresses(route: Any, values: Any) -> Any:
    """Every address of a route; KeyError for a parameter that has no values here."""
    parameter = re.search(r"<(?:\w+:)?(\w+)>", route)
    if parameter is None:
        return [f"/{route}"]
    filled = [route.replace(parameter[0], value, 1) for value in values[parameter[1]]]
    return [address for one in filled for address in addresses(one, values)]


def forget() -> None:
    """What was made for an earlier crawl proves nothing, nor does what a process keeps of it."""
    cache.clear()
    memory.forget_all()


def seen(place: Town) -> Any:
    """Address -> status, headers and bytes, for every public address in both languages, GET and HEAD."""
    forget()
    first = Melding.objects.earliest("pk")
    values = VALUES | {"token": [first.follow_token, "x"], "reference": [first.reference]}
    values |= {"code": [*VALUES["code"], place.west.code]}
    every = [one for route in patterns(get_resolver()) for one in addresses(route, values)] + ASKED
    found = {}
    for language in ("nl", "en"):
        for address in every:
            visitor = Client(headers={"host": place.host, "accept-language": language})
            for method in (visitor.get, visitor.head):
                response = method(address)
                content = b"".join(response) if response.streaming else response.content
                headers = sorted((name, value) for name, value in response.items() if name not in CLOCKS)
                key = (address, language, method.__name__)
                found[key] = (response.status_code, headers, FRESH.sub(b"", content))
    return found


def test_one_more_melding_changes_no_public_byte(published: Town) -> None:
    before = seen(published)
    published.melding(received_at=datetime(2026, 5, 6, 12, tzinfo=UTC), category=published.dumping)
    published.melding(category=published.container, buurt=published.east)
    beside = timezone.now() - timedelta(days=4)
    published.melding(received_at=beside, category=published.container, category_by="staff", point=published.point())
    after = seen(published)
    assert {key: (before[key], after[key]) for key in before if before[key] != after[key]} == {}


def sampled_views(place: Town, number: int) -> list[str]:
    """Addresses of views: any of the choices that a dataset has, also such that exclude each other."""
    choose, areas = random.Random(number), [place.wijk.code, place.west.code, place.east.code]
    periods, months = {"periode": ["", "2026-05", "2026-04"]}, ["", "2026-04", "2026-05"]
    of_areas = periods | {
        "gebied": ["", *areas], "maat": ["aantal", "inwoners", "huishoudens"], "met": [*months, "rest"],
        "gekozen": ["", "", "buurt"],
    }  # fmt: skip
    of_subjects = periods | {"met": months, "gekozen": ["", "categorie"]}
    choices = {
        "buurt-per-maand": of_areas | {"per": ["periode", "buurt"]},
        "categorie-per-maand": of_subjects | {"onderwerp": ["", "afval", "dumping"], "per": ["periode", "categorie"]},
        "wijk-hoofdcategorie-per-maand": of_areas | {"gebied": ["", areas[0]], "onderwerp": ["", "afval"]},
    }
    found = []
    for _place in range(number):
        dataset = choose.choice(list(choices))
        of_all = {"toon": ["grafiek", "kaart", "tabel"]}
        query = urlencode({name: choose.choice(values) for name, values in (choices[dataset] | of_all).items()})
        found.append(f"/data/{dataset}{choose.choice(['/', '.json', '.csv', '.xlsx', '.svg'])}?{query}")
    return found


def test_one_more_melding_changes_no_view(published: Town) -> None:
    addresses, visitor = sampled_views(published, 300), Client(headers={"host": published.host})

    def look() -> list[tuple[int, bytes]]:
        forget()
        return [(answer.status_code, answer.content) for answer in map(visitor.get, addresses)]

    before = look()
    published.melding(received_at=datetime(2026, 5, 6, 12, tzinfo=UTC), category=published.dumping)
    assert look() == before
    assert {status for status, _content in before} == {200, 400}
    assert sum(status == 200 for status, _content in before) > 60


def test_the_crawl_sees_the_portal_and_its_files(published: Town) -> None:
    found = seen(published)
    assert found["/data/catalog.ttl", "nl", "get"][0] == 200
    for address in ("/data/uitgaven.atom", "/data/releases.atom", *ASKED):
        assert found[address, "nl", "get"][0] == 200
    assert found[f"/data/mijn-buurt/{published.west.code}", "nl", "get"][0] == 302  # to the page of its figures
    assert found["/data/buurt-per-maand/2026-05.geojson", "en", "get"][0] == 200
    assert b"Lamp brandt niet" in found["/kaart/", "nl", "get"][2]
    assert b"Lamp brandt niet" in found["/kaart/meldingen.geojson", "nl", "get"][2]
    assert len([key for key, (status, _, _) in found.items() if status == 200]) > 40
