"""The booked epsilon against what is seen in 20,000 runs on neighbouring inputs, and proof that the audit can fail."""

import functools
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from opendata.disclosure import MONTHLY, YEARLY, Period, accounting, draw
from opendata.disclosure.sampler import discrete_laplace
from opendata.disclosure.tables import Table
from tests.opendata.disclosure.audit import Proof, audit, lower_bound, measure
from tests.opendata.disclosure.worlds import make_grid

RUNS = 20_000
GRID = make_grid(wijken=1, buurten=2, mains=1, categories=2)
OTHERS = {("BU0000", "c0-0", "langer"): 3, ("BU0001", "c0-1", "langer"): 1, ("BU0000", None, "nog-open"): 1}
MINE = ("BU0000", "c0-1", "langer")
ONE = Fraction(1)
Say = Callable[[str, str], None]


def database(present: bool) -> Any:
    return OTHERS | {MINE: OTHERS.get(MINE, 0) + present}


def release(tables: tuple[Table, Table, Table], present: bool) -> Any:
    """All that is published of a draw of these tables: draws and estimates of every cell."""
    table = tables[0]
    period = Period.whole_year(2026) if table in YEARLY else Period.month(2026, 3)
    if table not in (*MONTHLY, *YEARLY):
        period = Period.quarter(2026, 1)
    drawn = draw(tables, GRID, database(present), ONE, period)
    return [number for one in drawn.tables for cell in one.cells for number in (cell.trekking, cell.schatting)]


def likelihood(tables: Sequence[Table], outputs: Any) -> Any:
    """The logarithm of how much likelier each release is with my melding than without."""
    score, start = np.zeros(len(outputs)), 0
    for table in tables:
        epsilon = float(accounting.cost(table, ONE))
        without, given = (np.array(GRID.count(table, database(present)), int) for present in (False, True))
        draws = outputs[:, start : start + 2 * len(without) : 2]
        score += epsilon * (np.abs(draws - without) - np.abs(draws - given)).sum(1)
        start += 2 * len(without)
    return np.round(score, 9)  # equal releases must score equally, in whatever order they were added up


@functools.cache
def measured(*tables: Any) -> Any:
    return measure(functools.partial(release, tables), RUNS)


def shown(tables: Sequence[Table]) -> Proof:
    given, absent = measured(*tables)
    return audit(given, absent, functools.partial(likelihood, tables))


@pytest.mark.slow
@pytest.mark.parametrize(
    "table", [*MONTHLY, *YEARLY, MONTHLY[0].coarser_period()], ids=lambda t: f"{t.name} {t.period_kind}"
)
def test_a_table_shows_no_more_than_is_booked(table: Any, record_property: Say) -> None:
    booked = float(accounting.cost(table, ONE))
    proof = shown([table])
    record_property("audit", proof.in_words(f"{table.name} per {table.period_kind}", booked))
    assert 0.5 * booked - 0.06 < proof.bound <= booked  # an epsilon of a tenth is too small to be seen in so few runs


@pytest.mark.slow
@pytest.mark.parametrize("tables", [MONTHLY, YEARLY], ids=["month", "year"])
def test_all_tables_of_a_period_together_show_no_more_than_is_booked(
    tables: tuple[Table, Table, Table], record_property: Say
) -> None:
    proof = shown(tables)
    record_property("audit", proof.in_words(f"all tables of a {tables[0].period_kind}", 1))
    assert 0.6 < proof.bound <= 1


@pytest.mark.slow
def test_a_month_and_its_year_together_show_no_more_than_is_booked(record_property: Say) -> None:
    # the draws of month and year do not depend on each other, so any two of them make a pair
    given, absent = (np.hstack(pair) for pair in zip(measured(*MONTHLY), measured(*YEARLY), strict=True))
    width = 2 * sum(len(GRID.keys(table.dimensions)) for table in MONTHLY)
    proof = audit(
        given, absent, lambda outputs: likelihood(MONTHLY, outputs[:, :width]) + likelihood(YEARLY, outputs[:, width:])
    )
    record_property("audit", proof.in_words("a month and its year", 2))
    assert 1 < proof.bound <= 2


# the audit can fail: mechanisms with a fault are accused, in few runs

EPSILON = Fraction(2, 5)


def honest(present: bool) -> list[int]:
    return [3 + present + discrete_laplace(EPSILON, 1)[0]]


def drawn_twice(present: bool) -> list[int]:
    return honest(present) + honest(present)


def counted_twice(present: bool) -> list[int]:
    return [3 + 2 * present + discrete_laplace(EPSILON, 1)[0]]


def clipped_noise(present: bool) -> list[int]:
    noise = discrete_laplace(EPSILON, 1)[0]
    return [3 + present + max(-4, min(4, noise))]


def without_empty_cells(present: bool) -> list[int]:
    return [honest(present)[0], 1] if present else [0, 0]


def exact_total_beside_it(present: bool) -> list[int]:
    return [*honest(present), 10 + present]


def noise_from_a_seed(present: bool) -> list[int]:
    noise = np.random.default_rng(42).laplace(0, float(1 / EPSILON))
    return [round(3 + present + noise)]


BROKEN = [drawn_twice, counted_twice, clipped_noise, without_empty_cells, exact_total_beside_it, noise_from_a_seed]


@pytest.mark.parametrize("mechanism", BROKEN, ids=lambda one: one.__name__)
def test_the_audit_accuses_a_broken_mechanism(mechanism: Callable[..., Any]) -> None:
    proof = audit(*measure(mechanism, 16_000))
    assert proof.usual >= proof.bound > EPSILON


def test_the_audit_does_not_accuse_an_honest_one_but_sees_most_of_its_epsilon() -> None:
    assert 0.4 * EPSILON < audit(*measure(honest, 8000)).bound <= EPSILON


def test_the_bound_is_that_of_clopper_and_pearson() -> None:
    assert lower_bound(0, 0, 100) == 0
    assert lower_bound(100, 0, 100, doubt=0.1) == pytest.approx(np.log(0.05 ** (1 / 100) / (1 - 0.05 ** (1 / 100))))
    assert lower_bound(50, 50, 100) < 0


def test_a_proof_is_said_with_what_was_booked_beside_it() -> None:
    proof = Proof(0.25, 0.31, "present: output 1 high")
    assert proof.in_words("buurt per month", 0.4) == (
        "buurt per month: booked 0.400, 95 % sure above 0.310 (0.250 beyond doubt), present: output 1 high"
    )
