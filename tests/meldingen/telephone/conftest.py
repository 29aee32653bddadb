"""A call: a colleague on the telephone, what they fill in, and an address of the town."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from meldingen.places.models import Address, Street
from meldingen.tenancy.models import Membership
from tests.factories import Town
from tests.staff import at, published, triager  # noqa: F401  fixtures

ADDRESS = "Dorpsstraat 12, Lindewaard"
PAGE = "/beheer/telefoon/"


@pytest.fixture
def telephonist(town: Town) -> Client:
    return at(town, town.member(Membership.Role.TELEPHONE))


@pytest.fixture
def dorpsstraat(town: Town) -> Address:
    """Number 12, in the western buurt."""
    own = {"municipality": town.municipality}
    street = Street.objects.create(
        **own, name="Dorpsstraat", place="Lindewaard", key="dorpsstraat", place_key="lindewaard"
    )
    return Address.objects.create(**own, street=street, number=12, buurt=town.west, point=town.point())


@pytest.fixture
def call(dorpsstraat: Address) -> dict[str, str]:
    """All that the page sends of a usual call, but for a button."""
    return {
        "submission_key": str(uuid.uuid4()),
        "text": "De glascontainer puilt uit.",
        "place_text": ADDRESS,
        "category": "container-vol",
        "channel": "phone",
        "reporter_language": "nl",
        "phone": "06 12345678",
        "name": "",
        "email": "",
        "buurt": "",
        "asset": "",
    }


@pytest.fixture
def press(telephonist: Client, call: dict[str, str]) -> Callable[..., Any]:
    """Presses a button of the page, with other values where they are given."""

    def pressed(button: str, value: str = "1", **values: str) -> Any:
        return telephonist.post(PAGE, call | values | {button: value})

    return pressed
