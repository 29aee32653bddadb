"""What is drawn next is said before anything is."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analytics import grid
from opendata import holds, releases
from opendata.coming import ComingPeriod, coming_periods, is_due
from opendata.models import Release
from tests.factories import Town
from tests.opendata.conftest import MAY


def by_period(city: Town) -> dict[str, ComingPeriod]:
    return {str(row.period): row for row in coming_periods(city.municipality)}


@pytest.fixture
def fixed(city: Town) -> None:
    grid.fix(city.municipality, 2026)


def test_what_is_over_comes_tonight_and_the_running_month_when_it_is_over(city: Town, fixed: None) -> None:
    rows, today = by_period(city), grid.today(city.municipality)
    assert (rows["2026-05"].is_due, rows["2026-05"].day) == (True, today)
    running = [row for row in rows.values() if not row.is_due]
    assert all(row.day == row.period.draw_day > today for row in running)
    assert running


def test_each_table_says_its_expected_error(city: Town, fixed: None) -> None:
    tables = by_period(city)["2026-05"].tables
    assert {one.dataset.slug for one in tables} == {
        "wijk-hoofdcategorie-per-maand", "buurt-per-maand", "categorie-per-maand",
    }  # fmt: skip
    assert all(one.error_percent is not None and 0 < one.error_percent <= 25 for one in tables)


def test_the_budget_after_it_is_what_the_ledger_then_has(city: Town, fixed: None) -> None:
    (account,) = by_period(city)["2026-05"].accounts
    assert (account.before, account.after, account.grant) == (Decimal(0), Decimal(1), Decimal(1))
    releases.publish(city.municipality, MAY)
    assert "2026-05" not in by_period(city)


def test_what_is_held_comes_after_it(city: Town, fixed: None) -> None:
    until = grid.today(city.municipality) + timedelta(days=9)
    holds.hold(city.municipality, "2026-05", "Wij kijken het na.", until, city.member("manager"))
    row = by_period(city)["2026-05"]
    assert (row.day, row.standstill is not None) == (until, True)
    assert [is_due(city.municipality, name) for name in ("2026-04", "2026-05", "x")] == [True, False, False]


def test_no_melding_is_counted(city: Town, fixed: None) -> None:
    with CaptureQueriesContext(connection) as statements:
        coming_periods(city.municipality)
    assert [one for one in statements if "meldingen_melding" in one["sql"]] == []
    assert Release.objects.count() == 0
