"""A town in which nothing is broken."""

import pytest
from celery import current_app
from pytest_django import Settings

from meldingen.places.models import Address, Street
from meldingen.upkeep import heartbeats
from tests.factories import Town
from tests.staff import manager, published, reader, triager  # noqa: F401  fixtures


@pytest.fixture(autouse=True)
def whole(town: Town, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clean-up runs, the broker answers and there are addresses."""
    monkeypatch.setattr(current_app.conf, "broker_url", settings.JOURNEY_REDIS_URL)
    heartbeats.note(heartbeats.SWEEP)
    own = {"municipality": town.municipality}
    street = Street.objects.create(**own, name="Dorpsstraat", place="Stad", key="dorpsstraat", place_key="stad")
    Address.objects.create(**own, street=street, number=1, buurt=town.west, point=town.point())
