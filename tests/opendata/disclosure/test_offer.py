from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from opendata.disclosure import MONTHLY, YEARLY, Offer, PeriodKind, Reason, Refusal, expected_error, mechanism, offer
from opendata.disclosure.errors import InvalidEpsilonError, InvalidVolumeError
from opendata.disclosure.sampler import discrete_laplace
from tests.opendata.disclosure.worlds import make_grid, skewed_counts

GRID = make_grid(wijken=5, buurten=6, mains=5, categories=4)
ONE = Fraction(1)


def test_the_expected_error_of_the_draw_is_what_draws_show() -> None:
    table, volume = MONTHLY[1], 900
    cells = len(GRID.keys(table.dimensions))
    seen = np.mean([sum(map(abs, discrete_laplace(table.share, cells))) / volume for _ in range(300)])
    assert expected_error(table, GRID, volume, table.share) == pytest.approx(seen, rel=0.05)


def test_with_shares_it_is_the_error_after_clamping() -> None:
    table, volume = MONTHLY[1], 300
    true = np.array(GRID.count(table, skewed_counts(GRID, volume)))
    errors = [
        np.abs(np.maximum(0, true + discrete_laplace(table.share, len(true))) - true).sum() / true.sum()
        for _ in range(500)
    ]
    found = expected_error(table, GRID, int(true.sum()), table.share, shares=list(true / true.sum()))
    assert found == pytest.approx(np.mean(errors), rel=0.05)
    assert found < expected_error(table, GRID, int(true.sum()), table.share)


def test_a_town_with_much_to_report_gets_the_table_as_asked() -> None:
    found = offer(MONTHLY[0], GRID, 50_000, ONE)
    assert isinstance(found, Offer)
    assert (found.table, found.reason_code) == (MONTHLY[0], None)
    assert found.expected_error <= 0.25


def test_a_smaller_town_gets_quarters_paid_by_the_months() -> None:
    found = offer(MONTHLY[1], GRID, 3000, ONE)
    assert isinstance(found, Offer)
    assert (found.table.period_kind, found.table.paid_by) == (PeriodKind.QUARTER, PeriodKind.MONTH)
    assert found.reason_code is Reason.COARSER_PERIOD
    assert int(str(found.params["expected_error_percent"])) > 25
    assert found.params["offered_period"] == "kwartaal"


def test_then_years_then_larger_areas_then_nothing() -> None:
    yearly = offer(MONTHLY[1], GRID, 500, ONE)
    assert isinstance(yearly, Offer)
    assert yearly.table.period_kind is PeriodKind.YEAR
    assert offer(YEARLY[0], GRID, 1000, ONE).reason_code is Reason.COARSER_AREA
    assert offer(MONTHLY[1], GRID, 100, ONE).reason_code is Reason.COARSER_AREA_AND_PERIOD
    refused = offer(MONTHLY[2], GRID, 100, ONE)
    assert isinstance(refused, Refusal)
    assert refused.reason_code is Reason.TOO_FEW
    assert refused.params["offered_table"] is None


def test_an_offer_never_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mechanism, "discrete_laplace", None)
    monkeypatch.setattr("secrets.randbelow", None)
    for volume in (10, 1000, 10**6):
        for table in (*MONTHLY, *YEARLY):
            offer(table, GRID, volume, ONE)


@pytest.mark.parametrize("volume", [0, -5, float("nan"), float("inf"), None, "many"])
def test_a_volume_that_is_none_is_refused(volume: Any) -> None:
    with pytest.raises(InvalidVolumeError):
        expected_error(MONTHLY[0], GRID, volume, ONE)


@pytest.mark.parametrize("shares", [[], [1.0], [-1.0, 2.0] + [0.0] * 29, [0.5] * 31])
def test_shares_that_are_none_are_refused(shares: list[float]) -> None:
    with pytest.raises(InvalidVolumeError):
        expected_error(MONTHLY[1], GRID, 100, ONE, shares)


def test_a_budget_that_is_no_fraction_is_refused() -> None:
    with pytest.raises(InvalidEpsilonError):
        offer(MONTHLY[0], GRID, 100, 1.0)  # type: ignore[arg-type]
