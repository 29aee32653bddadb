from meldingen.tenancy import themes
from meldingen.tenancy.looks import logo_address, stylesheet_address
from tests.factories import Town


def test_a_town_without_looks_has_the_default_ones(town: Town) -> None:
    town.municipality.theme, town.municipality.logo = {}, ""
    assert stylesheet_address(town.municipality) == stylesheet_address(None)
    assert logo_address(town.municipality) == logo_address(None)
    assert logo_address(None).endswith("logo.svg")


def test_another_theme_or_logo_is_another_address(town: Town) -> None:
    here, theme = town.municipality, {"action": "#0a5c36"}
    here.theme, here.logo = theme, "a1b2c3.png"
    assert themes.digest(theme) in stylesheet_address(here)
    assert "a1b2c3.png" in logo_address(here)
    before = stylesheet_address(here)
    here.theme = theme | {"action": "#0a5c37"}
    assert stylesheet_address(here) != before
