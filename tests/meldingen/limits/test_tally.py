"""How often, by the week."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from meldingen.limits import tally

FRIDAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def own_counters(limited: Callable[..., Any]) -> None:
    """Nobody else counts here."""


def test_a_week_begins_on_monday_and_each_has_its_own_number() -> None:
    for day in (FRIDAY, FRIDAY - timedelta(days=4), FRIDAY - timedelta(days=5)):
        tally.add("proef", day)
    assert tally.of_weeks("proef", FRIDAY, 3) == [
        (date(2026, 11, 23), 2),
        (date(2026, 11, 16), 1),
        (date(2026, 11, 9), 0),
    ]


def test_names_are_counted_apart() -> None:
    tally.add("een", FRIDAY)
    assert tally.of_weeks("ander", FRIDAY, 1) == [(date(2026, 11, 23), 0)]


def test_several_are_counted_at_once() -> None:
    tally.add("groot", FRIDAY, 700)
    tally.add("groot", FRIDAY, 34)
    assert tally.of_weeks("groot", FRIDAY, 1) == [(date(2026, 11, 23), 734)]
