"""A caller who knows no street: a place by its name, among the choices of the page."""

from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup

from meldingen.record.models import Melding
from tests.factories import Town
from tests.places import landmark
from tests.sure import sure


def test_a_park_is_a_choice_and_stored_with_its_neighbourhood(press: Callable[..., Any], town: Town) -> None:
    landmark(town, "groen", "Stadspark")
    page = BeautifulSoup(press("save", place_text="het stadspark").content, "html.parser")
    choice = sure(page.select_one(".telephone__which input[name=choice]"))["value"]
    assert choice == f"{town.west.code} Stadspark"
    press("save", place_text="het stadspark", choice=str(choice))
    melding = Melding.objects.get()
    assert (melding.place_text, melding.buurt, melding.point) == ("Stadspark", town.west, None)
