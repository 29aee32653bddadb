from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import meldingen.demo
from meldingen.demo import history
from meldingen.demo.reports import Report

TOWN = Path(meldingen.demo.__file__).parent / "lindewaard"
UNTIL = date(2026, 11, 23)
# Years take seconds: once for each process that tests.
_years = cache(history.reports)


@pytest.fixture(scope="session")
def years() -> list[Report]:
    """What the invented town has on one day."""
    return _years(TOWN, UNTIL)


@pytest.fixture(scope="session")
def years_until() -> Callable[[date], list[Report]]:
    """The same on any day."""
    return lambda until: _years(TOWN, until)
