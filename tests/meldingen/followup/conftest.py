"""A melding that somebody made, and the colleague who handles it."""

from typing import Any

import pytest

from meldingen import queueing
from meldingen.handling import triage
from meldingen.handling.triage import Case
from meldingen.record.models import Melding
from tests.factories import Town, reporter_of


@pytest.fixture(autouse=True)
def published(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would go to the broker, in the place of a broker; each (task name, ids)."""
    sent = []
    monkeypatch.setattr(queueing, "_publish", lambda task, ids: sent.append((task.name.rsplit(".", 1)[-1], ids)))
    return sent


@pytest.fixture
def melding(town: Town) -> Melding:
    made = town.melding(category=town.container, team=town.cleaning)
    reporter_of(made)
    return made


@pytest.fixture
def case(town: Town, melding: Melding) -> Case:
    return triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())


@pytest.fixture
def solved(case: Case, melding: Melding) -> Melding:
    triage.close(case, "solved")
    melding.refresh_from_db()
    return melding
