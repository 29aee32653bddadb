"""Somebody who wants to know whether one melding was counted, and has all that was published and a linear program.

With noise from the discrete Laplace distribution the counts that fit all published tables best, weighted by epsilon,
are the most likely ones; finding them is a linear program: minimise the sum of epsilon x |count - draw| over counts
of zero or more. What the attacker knows of other meldingen goes in as bounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse, stats

Numbers = npt.NDArray[np.float64]
solve: Any = optimize.linprog  # its stubs do not know sparse matrices


@dataclass(frozen=True)
class Published:
    """Numbers that were published, which unknowns each of them adds up, and how far to trust them."""

    adds: sparse.csr_array
    draws: Numbers
    epsilon: float


def most_likely(published: Sequence[Published], lower: Numbers, upper: Numbers) -> Numbers:
    """The counts between `lower` and `upper` that fit all that was published best."""
    unknown = len(lower)
    adds = sparse.vstack([one.adds for one in published]).tocsr()
    draws = np.concatenate([one.draws for one in published])
    weights = np.concatenate([np.full(len(one.draws), one.epsilon) for one in published])
    same = sparse.eye_array(len(draws), format="csr")
    # count + too few - too many = draw
    equations = sparse.hstack([adds, same, -same]).tocsr()
    found: Any = solve(
        c=np.concatenate([np.zeros(unknown), weights, weights]),
        A_eq=equations,
        b_eq=draws,
        bounds=np.column_stack(
            [
                np.concatenate([lower, np.zeros(2 * len(draws))]),
                np.concatenate([upper, np.full(2 * len(draws), np.inf)]),
            ]
        ),
        method="highs",
    )
    assert found.status == 0, found.message
    return np.asarray(found.x[:unknown])


def possible(adds: sparse.csr_array, exact: Numbers, unknown: int) -> tuple[float, float]:
    """The least and the most that the count `unknown` can be, given sums that are exact: equal when it is recovered."""
    bounds = []
    for sign in (1, -1):
        cost = np.zeros(adds.shape[1])
        cost[unknown] = sign
        found = solve(cost, A_eq=adds, b_eq=exact, bounds=(0, None), method="highs")
        assert found.status == 0, found.message
        bounds.append(sign * found.fun)
    return bounds[0], bounds[1]


def certainty(epsilon: Fraction | float) -> float:
    """The most certain that anybody can become, from even odds: e^epsilon / (1 + e^epsilon)."""
    return float(1 / (1 + np.exp(-float(epsilon))))


def proven_success(right: int, trials: int, doubt: float = 1e-5) -> float:
    """The success rate that these trials prove, but for a chance of `doubt`."""
    return float(stats.beta.ppf(doubt, right, trials - right + 1))
