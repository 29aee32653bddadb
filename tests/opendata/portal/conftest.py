"""The town of the views, for pages that show them."""

import pytest
from django.test import Client

from tests.factories import Town
from tests.opendata.figures.conftest import look, seen_town, sight

__all__ = ["look", "onlooker", "seen_town", "sight"]


@pytest.fixture
def onlooker(db: None, seen_town: Town) -> Client:
    """Somebody who reads the portal of that town."""
    return Client(headers={"host": seen_town.host})
