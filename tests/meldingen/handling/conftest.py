"""A colleague and a melding that they handle."""

from typing import Any

import pytest

from meldingen import queueing
from meldingen.handling import triage
from meldingen.handling.triage import Case
from meldingen.record.models import Melding
from meldingen.tenancy.models.user import User
from tests.factories import Town


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would go to the broker, in the place of a broker; each (task name, ids)."""
    sent = []
    monkeypatch.setattr(queueing, "_publish", lambda task, ids: sent.append((task.name.rsplit(".", 1)[-1], ids)))
    return sent


@pytest.fixture
def officer(town: Town) -> User:
    return town.member()


def case_of(town: Town, melding: Melding, officer: User, **values: Any) -> Case:
    return triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=officer, **values)


@pytest.fixture
def melding(town: Town) -> Melding:
    return town.melding()


@pytest.fixture
def case(town: Town, melding: Melding, officer: User) -> Case:
    return case_of(town, melding, officer)
