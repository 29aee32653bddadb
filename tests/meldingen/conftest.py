import uuid

import pytest
from django.contrib.gis.geos import GEOSGeometry
from django.utils import timezone

from meldingen.places.models import MapFeature
from tests.factories import Town


@pytest.fixture
def typed(town: Town) -> dict[str, str]:
    """Everything that the last page of the form sends when a resident chose a buurt from the list."""
    return {
        "step": "check",
        "go": "next",
        "submission_key": str(uuid.uuid4()),
        "text": "De glascontainer puilt uit.",
        "category": "",
        "place_text": "",
        "buurt": town.west.code,
        "latitude": "",
        "longitude": "",
        "name": "Sam de Wit",
        "email": "sam@example.org",
        "phone": "",
    }


@pytest.fixture
def canal(town: Town) -> Town:
    """A town whose map has a canal with its bridge, a ditch that is one line, and a street beside them."""
    shapes = [
        ("water", "POLYGON((85400 436450, 85600 436450, 85600 436480, 85400 436480, 85400 436450))"),
        ("water", "LINESTRING(85400 436600, 85600 436600)"),
        ("straat", "LINESTRING(85550 436400, 85550 436560)"),
        ("straat", "LINESTRING(85400 436500, 85600 436500)"),
    ]
    for kind, shape in shapes:
        geometry = GEOSGeometry(f"SRID=28992;{shape}")
        MapFeature.objects.create(municipality=town.municipality, kind=kind, geometry=geometry)
    town.municipality.map_loaded_at = timezone.now()
    town.municipality.save()
    return town
