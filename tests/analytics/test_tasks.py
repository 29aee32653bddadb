"""Analytics in the background."""

import pytest

from analytics import facts, tasks
from tests.factories import Town


def test_what_goes_wrong_in_one_municipality_stays_there(
    town: Town, neighbour: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folded = []
    monkeypatch.setattr(facts, "fold_all", lambda m: 1 / 0 if m == town.municipality else folded.append(m))
    tasks.fold_facts()
    assert folded == [neighbour.municipality]
    assert f"facts of {town.municipality.code} are not up to date: ZeroDivisionError" in caplog.text
