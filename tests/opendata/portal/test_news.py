"""Programs hear of new figures, and search engines find the pages."""

import xml.etree.ElementTree as Xml

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from meldingen.tenancy.models import Host, Municipality
from opendata import releases
from opendata.models import Release
from tests.factories import Town
from tests.opendata.conftest import APRIL, MAY, publishing_town

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def entries(visitor: Client) -> list[Xml.Element]:
    answer = visitor.get("/data/uitgaven.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    return Xml.fromstring(answer.content).findall("a:entry", ATOM)


def test_the_feed_tells_of_each_release_with_its_checksum(publisher: Municipality, visitor: Client) -> None:
    for month in (APRIL, MAY):
        releases.publish(publisher, month)
    told = entries(visitor)
    summaries = [entry.findtext("a:summary", "", ATOM) for entry in told]
    assert all(any(one.sha256 in words for words in summaries) for one in Release.objects.of(publisher))
    assert len({entry.findtext("a:id", "", ATOM) for entry in told}) == 6
    assert "mei 2026" in told[0].findtext("a:title", "", ATOM)


def test_the_feed_leads_to_files_that_are_there(publisher: Municipality, visitor: Client) -> None:
    releases.publish(publisher, MAY)
    links = [link.get("href", "") for entry in entries(visitor) for link in entry.findall("a:link", ATOM)]
    paths = [link.removeprefix("http://stad.example") for link in links]
    assert {visitor.get(path).status_code for path in paths} == {200}
    assert len(paths) == 3 + 7


def test_the_feed_speaks_english_at_another_address(publisher: Municipality, visitor: Client) -> None:
    releases.publish(publisher, MAY)
    answer = visitor.get("/data/releases.atom", headers={"accept-language": "nl"})
    assert "May 2026" in answer.text
    assert "mei 2026" not in answer.text


def test_before_the_first_figures_the_feed_is_empty(visitor: Client) -> None:
    assert entries(visitor) == []


def test_the_feed_of_one_town_tells_nothing_of_another(publisher: Municipality, visitor: Client) -> None:
    releases.publish(publishing_town(host="buren.example").municipality, MAY)
    assert entries(visitor) == []


def test_more_releases_take_no_more_questions(
    publisher: Municipality, visitor: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    releases.publish(publisher, MAY)
    cache.clear()
    with django_assert_num_queries(7) as asked:
        visitor.get("/data/uitgaven.atom")
    releases.publish(publisher, APRIL)
    cache.clear()
    with django_assert_num_queries(len(asked)):
        visitor.get("/data/uitgaven.atom")


def test_the_map_of_the_pages_names_them_by_the_own_address(reader: Client, published_city: Town) -> None:
    here = published_city.municipality
    here.hosts.update(is_primary=False)
    Host.objects.create(municipality=here, name="eigen.example", is_primary=True)
    urls = Xml.fromstring(reader.get("/data/sitemap.xml").content)
    places = [url.findtext("s:loc", "", SITE) for url in urls]
    assert {place.split("/data/")[0] for place in places} == {"http://eigen.example"}
    paths = [place.removeprefix("http://eigen.example") for place in places]
    assert [reader.get(path).status_code for path in paths] == [200] * 5


@pytest.mark.parametrize("path", ["/data/", "/data/privacy", "/data/buurt-per-maand/"])
def test_a_page_names_its_own_address(reader: Client, path: str) -> None:
    assert f'<link rel="canonical" href="http://gelezen.example{path}">' in reader.get(f"{path}?utm_source=elders").text
