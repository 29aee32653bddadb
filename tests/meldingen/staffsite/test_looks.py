from django.test import Client

from meldingen.staffsite.looks import TITLES
from meldingen.tenancy import themes
from tests.factories import Town


def test_each_box_of_a_theme_says_what_it_is_for(manager: Client, town: Town) -> None:
    page = manager.get(f"/beheer/tenancy/municipality/{town.municipality.pk}/change/").text
    assert "Koppen (heading)" in page
    assert set(TITLES) <= set(themes.defaults())
