import uuid

import pytest

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
