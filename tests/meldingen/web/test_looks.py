import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from meldingen.tenancy.logos import clean_logo, store_logo
from tests.factories import Town
from tests.owner import AS_PUBLIC

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#b00" d="M0 0h8v8z"/></svg>'


@pytest.fixture
def themed(town: Town) -> Town:
    """The town in red, with a logo."""
    town.municipality.theme = {"action": "#7a0019"}
    town.municipality.save()
    store_logo(town.municipality, clean_logo(SVG))
    return town


def addresses(client: Client, path: str = "/") -> tuple[str, str]:
    """Where a page finds its colours and its logo."""
    page = client.get(path).content.decode()
    stylesheet = re.findall(r'href="([^"]+)"', page[page.index("vendor/utrecht") :])[0]
    return stylesheet, re.findall(r'<img [^>]*src="([^"]+)"', page)[0]


@pytest.mark.parametrize("path", ["/", "/melden/", "/data/", "/bestaat-niet"])
def test_a_town_with_looks_has_them_on_each_page(themed: Town, resident: Client, path: str) -> None:
    stylesheet, logo = addresses(resident, path)
    css = resident.get(stylesheet)
    assert "--town-action: #7a0019;" in css.content.decode()
    assert "--town-ink: #1b2327;" in css.content.decode()
    assert b"<path" in resident.get(logo).content


def test_a_town_without_looks_has_the_default(resident: Client) -> None:
    stylesheet, logo = addresses(resident)
    assert (stylesheet.endswith("standaard/theme.css"), logo.endswith("standaard/logo.svg")) == (True, True)


def test_looks_are_kept_for_ever_and_are_what_they_say(themed: Town, resident: Client) -> None:
    kinds = {}
    for address in addresses(resident):
        answer = resident.get(address)
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["X-Content-Type-Options"] == "nosniff"
        kinds[answer["Content-Type"]] = answer["Content-Security-Policy"]
    assert kinds.keys() == {"text/css; charset=utf-8", "image/svg+xml"}
    assert kinds["image/svg+xml"] == "default-src 'none'"


def test_a_page_of_before_is_sent_on_to_what_is_there_now(themed: Town, resident: Client) -> None:
    before = addresses(resident)
    themed.municipality.theme = {"action": "#003366"}
    themed.municipality.save()
    store_logo(themed.municipality, None)
    for old, now in zip(before, addresses(resident), strict=True):
        answer = resident.get(old)
        assert (answer.status_code, answer["Location"], answer["Cache-Control"]) == (302, now, "no-store")


def test_a_neighbour_shows_nothing_of_it(themed: Town, resident: Client, neighbour: Town) -> None:
    there = Client(headers={"host": neighbour.host})
    for address in addresses(resident):
        assert there.get(address).status_code == 302


def test_looks_ask_the_database_little(
    themed: Town, resident: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stylesheet, logo = addresses(resident)
    with django_assert_num_queries(1 + AS_PUBLIC):
        resident.get(stylesheet)
    with django_assert_num_queries(2 + AS_PUBLIC):
        resident.get(logo)
