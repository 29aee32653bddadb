"""What the attacker gets out of honest releases, and what out of broken ones."""

import itertools
import random
from collections import Counter
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy import sparse
from scipy.sparse._csr import csr_array

from opendata.disclosure import MONTHLY, YEARLY, Period, accounting
from opendata.disclosure.sampler import discrete_laplace
from opendata.disclosure.tables import Table
from tests.opendata.disclosure.attacker import Published, certainty, most_likely, possible, proven_success
from tests.opendata.disclosure.worlds import make_grid

GRID = make_grid(wijken=2, buurten=2, mains=2, categories=2)
ONE = Fraction(1)
BUURTEN, CATEGORIES = [area.code for area in GRID.areas], [category.slug for category in GRID.categories]
MONTHS = [Period.month(2026, number) for number in (1, 2, 3)]
# a melding as it stands at the draw of its month, and as it stands at the draw of its year
THEN, LATER = ("BU0000", "c0-0", "nog-open"), ("BU0101", "c1-1", "langer")


def vector(table: Table, melding: tuple[str, str, str]) -> Any:
    return np.array(GRID.count(table, Counter([melding])), float)


def seen_of(table: Any, melding: tuple[str, str, str], present: bool) -> Any:
    """The cells of a drawn table in which `melding` would be; who knows all others learns nothing from the rest."""
    epsilon, effect = accounting.cost(table, ONE), vector(table, melding)
    effect = effect[effect != 0]
    noise = discrete_laplace(epsilon, len(effect))
    return Published(sparse.csr_array(effect[:, None]), present * effect + noise, float(epsilon))


def guess(present: bool, then: Any = THEN, later: Any = LATER, draws: Any = 1) -> Any:
    """Whether the attacker who knows all other meldingen says that this one is there, from its month and its year."""
    tables = [(table, then) for table in MONTHLY] + [(table, later) for table in YEARLY]
    published = [seen_of(table, melding, present) for table, melding in tables * draws]
    found = most_likely(published, np.zeros(1), np.ones(1))[0]
    return found > 0.5 if found != 0.5 else random.random() < 0.5


def success(trials: Any, **how: Any) -> Any:
    return sum(guess(present := bool(trial % 2), **how) == present for trial in range(trials))


HISTORIES = {
    "nothing happens to it": {"then": THEN, "later": (*THEN[:2], "langer")},
    "corrected after the month was drawn": {"then": THEN, "later": LATER},
    "split: the parts do not count": {"then": THEN, "later": LATER},
    "its category came in june": {"then": ("BU0000", "new", "nog-open"), "later": ("BU0000", "new", "langer")},
    "its buurt was divided": {"then": ("BU0000", "c0-0", "nog-open"), "later": ("BU9999", "c0-0", "langer")},
}


@pytest.mark.parametrize("history", HISTORIES)
def test_whatever_happens_to_a_melding_its_traces_in_all_tables_cost_what_is_booked(history: str) -> None:
    then, later = HISTORIES[history]["then"], HISTORIES[history]["later"]
    loss = sum((accounting.cost(table, ONE) * int(vector(table, then).sum()) for table in MONTHLY), Fraction(0))
    loss += sum(accounting.cost(table, ONE) * int(vector(table, later).sum()) for table in YEARLY)
    assert loss == 2


@pytest.mark.slow
@pytest.mark.parametrize("history", HISTORIES)
def test_who_knows_all_other_meldingen_is_not_more_often_right_than_is_said(history: str) -> None:
    trials = 1500
    right = success(trials, **HISTORIES[history])
    print(f"\nattacker who knows all but one ({history}): right {right / trials:.3f}, limit {certainty(2):.3f}")  # noqa: T201
    assert right / trials > 0.6
    assert proven_success(right, trials) < certainty(2)


@pytest.mark.slow
def test_drawing_everything_again_and_again_is_found() -> None:
    right = success(600, draws=25)
    print(f"\nattacker after 25 draws: right {right / 600:.3f}, limit {certainty(2):.3f}")  # noqa: T201
    assert proven_success(right, 600) > certainty(2)


def cells() -> list[tuple[int, str, str]]:
    """Every unknown of the small town: month x buurt x category."""
    return list(itertools.product(range(len(MONTHS)), BUURTEN, CATEGORIES))


def adds(table: Table, months: list[int] | range) -> csr_array:
    """Which unknowns each cell of a table over these months adds up."""
    keys = {key: row for row, key in enumerate(GRID.keys(table.dimensions))}
    matrix = sparse.lil_array((len(keys), len(cells())))
    for column, (month, buurt, category) in enumerate(cells()):
        if month in months:
            matrix[keys[GRID.place(table.dimensions, (buurt, category))], column] = 1
    return matrix.tocsr()


EVERYTHING = [(table, adds(table, [month])) for month in range(len(MONTHS)) for table in MONTHLY] + [
    (table, adds(table, range(len(MONTHS)))) for table in YEARLY[:2]
]


def released(truth: Any) -> Any:
    made = []
    for table, matrix in EVERYTHING:
        epsilon = accounting.cost(table, ONE)
        draws = matrix @ truth + np.array(discrete_laplace(epsilon, matrix.shape[0]))
        made.append(Published(matrix, draws, float(epsilon)))
    return made


@pytest.mark.slow
def test_who_knows_nothing_cannot_find_a_single_melding_in_all_tables_together() -> None:
    trials, right, target = 400, 0, cells().index((1, "BU0001", "c1-0"))
    rng = np.random.default_rng()
    for trial in range(trials):
        truth = rng.poisson(2, len(cells())).astype(float)
        truth[target] = trial % 2
        found = most_likely(released(truth), np.zeros(len(truth)), np.full(len(truth), np.inf))
        right += (found[target] > 0.5) == bool(trial % 2)
    print(f"\nattacker who knows nothing: right {right / trials:.3f}, by chance 0.5")  # noqa: T201
    assert proven_success(right, trials) < certainty(2)
    assert right / trials < 0.7


@pytest.mark.parametrize("threshold", [3, 5])
def test_suppressing_small_cells_of_exact_tables_without_complements_is_found(threshold: int) -> None:
    """The usual way: publish exact tables with their totals, and leave out what is below a threshold."""
    truth = np.full(len(cells()), 7.0)
    target = cells().index((1, "BU0001", "c1-0"))
    truth[target] = 1
    rows, exact = [], []
    every = sparse.eye_array(len(truth), format="csr")
    for matrix in (every, *(matrix for _, matrix in EVERYTHING)):
        shown = np.flatnonzero(matrix @ truth >= threshold)
        rows.append(matrix[shown])
        exact.append((matrix @ truth)[shown])
    assert possible(sparse.vstack(rows).tocsr(), np.concatenate(exact), target) == pytest.approx((1, 1))


def test_a_correction_that_is_released_with_the_same_noise_is_found() -> None:
    """A month that is published again after a correction with the noise it had: the difference is bare."""
    table = MONTHLY[0]
    noise = np.array(discrete_laplace(accounting.cost(table, ONE), len(GRID.keys(table.dimensions))))
    difference = (vector(table, LATER) + noise) - (vector(table, THEN) + noise)
    assert list(difference[difference != 0]) == [-1, 1]


@pytest.mark.parametrize("parts", [2, 3])
def test_counting_the_parts_of_a_split_would_cost_more_than_is_booked(parts: int) -> None:
    """Why a split melding counts once: removing it would otherwise remove its parts too."""
    loss = sum(accounting.cost(table, ONE) * parts for table in MONTHLY)
    assert loss > sum(accounting.cost(table, ONE) for table in MONTHLY)
