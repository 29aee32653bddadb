from django.test import Client

from meldingen.categories.subjects import PICTOGRAMS
from meldingen.templatetags.look import STATE_ICONS
from tests.factories import Town


def test_every_piece_is_on_one_page(resident: Client) -> None:
    page = resident.get("/stijl/").text
    assert [name for name in PICTOGRAMS if f"pictograms.svg#{name}" not in page] == []
    assert [code for code in STATE_ICONS if f"state--{code}" not in page] == ["spam", "threat"]  # colleagues only


def test_colours_are_those_of_the_town_with_their_contrast(resident: Client, town: Town) -> None:
    town.municipality.theme = {"action": "#7a0019"}
    town.municipality.save()
    page = resident.get("/stijl/").text
    assert 'fill="#7a0019"' in page
    assert "action op paper: 11,4 : 1" in page


def test_it_is_for_no_search_engine(resident: Client) -> None:
    assert 'name="robots" content="noindex"' in resident.get("/stijl/").text
