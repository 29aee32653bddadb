"""What the page of the place says of an object and of an address that nobody knows."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.places.models import Asset
from tests.factories import Town


def sent(resident: Client, typed: dict[str, str], **more: str) -> Any:
    return resident.post("/melden/", typed | {"buurt": "", "step": "where"} | more)


def test_the_number_is_asked_by_the_name_of_its_object_below_the_address_with_an_example(
    resident: Client, town: Town, typed: dict[str, str], lamp: Asset
) -> None:
    page = BeautifulSoup(sent(resident, typed, category="container-vol").content, "html.parser")
    (label,), (hint,) = page.select("label[for=id_asset]"), page.select("#id_asset_helptext")
    assert label.text.strip().startswith("Nummer op de lichtmast")
    assert hint.text.strip() == "Op een sticker of plaatje, bijvoorbeeld L-12."
    assert [each["id"] for each in page.select("#id_place_text, #id_asset")] == ["id_place_text", "id_asset"]


@pytest.mark.parametrize("map_there", [{}, {"has_map": "1"}])
def test_an_unknown_address_may_be_of_another_town(
    resident: Client, typed: dict[str, str], map_there: dict[str, str]
) -> None:
    page = BeautifulSoup(sent(resident, typed, place_text="Coolsingel 40", **map_there).content, "html.parser")
    words = "Ligt het in een andere gemeente? Meld het dan daar."
    assert words in page.select_one("#id_place_text_error").text  # type: ignore[union-attr]
    assert words in page.select_one("#adres")["data-none"]  # type: ignore[index]
