import gzip
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from meldingen.languages import Texts
from tests.factories import Town
from tests.owner import AS_PUBLIC
from tests.sure import sure

MOST_BYTES = 100_000  # of a first page with all that comes with it, but a map


def test_the_front_page_leads_to_the_form(
    resident: Client, town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    town.municipality.theme = {"band": "#b4532a"}
    town.municipality.save()
    with django_assert_num_queries(2 + AS_PUBLIC):
        page = resident.get("/").content.decode()
    assert 'action="/melden/"' in page
    assert '<html lang="nl"' in page


def test_its_box_is_the_first_step(resident: Client, town: Town) -> None:
    sent = {"step": "what", "go": "next", "text": "De lamp is kapot"}
    assert "De lamp is kapot" in resident.post("/melden/", sent).content.decode()
    assert 'name="step" value="what"' in resident.get("/").content.decode()


def test_subjects_come_before_who_follows_a_report(resident: Client, town: Town) -> None:
    page = resident.get("/").content.decode()
    assert page.index('id="onderwerpen"') < page.index('id="volg-kop"')


def test_a_tile_begins_with_its_subject(resident: Client, town: Town) -> None:
    address = f"/melden/?onderwerp={town.waste.slug}"
    assert address in resident.get("/").content.decode()
    assert town.waste.name in resident.get(address).content.decode()


def test_a_message_of_the_town_stands_above_the_box(resident: Client, town: Town) -> None:
    assert "town-message" not in resident.get("/").text
    town.municipality.message_texts = Texts(nl="Storm <b>vandaag</b>.")
    town.municipality.save()
    page = resident.get("/").text
    assert 0 < page.index("Storm &lt;b&gt;vandaag") < page.index("<textarea")


@pytest.mark.parametrize("invented", [True, False])
def test_only_an_invented_municipality_says_that_it_is_one(db: None, invented: bool) -> None:
    town = Town(is_invented=invented)
    assert ("demonstration" in Client(headers={"host": town.host}).get("/").content.decode()) is invented


def test_the_language_can_be_changed_without_a_cookie_or_script(resident: Client) -> None:
    resident.post("/taal/", {"language": "en", "next": "/"})
    assert '<html lang="en"' in resident.get("/").content.decode()


def test_changing_the_language_leads_to_no_other_site(resident: Client) -> None:
    assert resident.post("/taal/", {"language": "en", "next": "https://kwaad.example/"})["Location"] == "/"


def test_nothing_on_the_page_is_inline(resident: Client) -> None:
    page = resident.get("/").content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert "onclick" not in page


def test_a_report_is_followed_from_the_front_page(resident: Client, town: Town) -> None:
    page = BeautifulSoup(resident.get("/").content, "html.parser")
    form = sure(page.select_one("form[action='/volg/']"))
    assert [field["name"] for field in form.select("input:not([type=hidden])")] == ["reference", "email"]
    typed = {"reference": "67D0-B5GA", "email": "sam@example.org"}
    assert resident.post("/volg/", typed).headers["Location"] == "/volg/?gevraagd=ja"
    ids = [each["id"] for each in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_what_comes_with_the_first_pages_is_small(resident: Client, town: Town) -> None:
    for address in ("/", "/melden/"):
        page = resident.get(address)
        size = len(gzip.compress(page.content)) + sum(map(packed, parts_of(page.text)))
        assert 20_000 < size <= MOST_BYTES, (address, size)


def parts_of(page: str) -> set[str]:
    """What a browser fetches for it: styles, scripts, drawings, and the letters that it asks for at once."""
    return {part.partition("#")[0] for part in re.findall(r'(?:href|src)="/static/([^"]+)"', page)}


def packed(name: str) -> int:
    """As it travels: letters are packed already."""
    path = finders.find(name)
    content = Path(sure(path)).read_bytes()
    return len(content) if name.endswith(".woff2") else len(gzip.compress(content))
