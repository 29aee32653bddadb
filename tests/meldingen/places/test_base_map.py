from typing import Any

import pytest
from django.utils import timezone

from meldingen.places.base_map import base_map
from tests.factories import Town

TILES = "https://tegels.example/{z}/{x}/{y}.png"


@pytest.mark.parametrize(
    ("wants", "is_loaded", "tiles_url", "drawn"),
    [
        ("own", True, TILES, "squares"),
        ("own", False, TILES, "tiles"),
        ("own", False, "", ""),
        ("tiles", True, TILES, "tiles"),
        ("tiles", True, "", ""),
        ("none", True, TILES, ""),
    ],
)
def test_the_map_is_what_the_town_wants_and_has(
    town: Town, settings: Any, wants: str, is_loaded: bool, tiles_url: str, drawn: str
) -> None:
    settings.TILES_URL = tiles_url
    town.municipality.base_map = wants
    town.municipality.map_loaded_at = timezone.now() if is_loaded else None
    found = base_map(town.municipality)
    assert [name for name in ("squares", "tiles") if getattr(found, name)] == ([drawn] if drawn else [])
