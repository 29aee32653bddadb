"""What stands beside a melding on its page: the map of the form, as the municipality wants it."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from meldingen.tenancy.models import BaseMap
from tests.factories import Town


@pytest.mark.parametrize(
    ("wants", "squares", "tiles"),
    [(BaseMap.OWN, True, False), (BaseMap.TILES, False, True), (BaseMap.NONE, False, False)],
)
def test_the_map_is_the_one_that_the_municipality_wants(
    triager: Client, town: Town, address: str, settings: Settings, wants: str, squares: bool, tiles: bool
) -> None:
    settings.TILES_URL = "https://tegels.example/{z}/{x}/{y}.png"
    type(town.municipality).objects.update(base_map=wants, map_loaded_at=timezone.now())
    page = triager.get(address).text
    assert ('data-squares="/kaart/vlak/' in page, "tegels.example" in page) == (squares, tiles)
