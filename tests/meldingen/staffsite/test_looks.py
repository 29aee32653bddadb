import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.staffsite.looks import TITLES
from meldingen.tenancy import themes
from tests.factories import Town
from tests.sure import sure


def test_each_box_of_a_theme_says_what_it_is_for(manager: Client, town: Town) -> None:
    page = manager.get(f"/beheer/tenancy/municipality/{town.municipality.pk}/change/").text
    assert "Koppen (heading)" in page
    assert set(TITLES) <= set(themes.defaults())


@pytest.mark.parametrize("address", ["/beheer/uitvoer/", "/beheer/spam/", "/beheer/logboek/"])
def test_an_empty_page_has_a_drawing_and_a_way_on(manager: Client, address: str) -> None:
    page = BeautifulSoup(manager.get(address).content, "html.parser")
    empty = sure(page.select_one(".empty-state"))
    assert empty.select_one("svg.drawing")
    assert sure(empty.select_one(".empty-state__next a[href]")).get_text(strip=True)
