"""From which probability a text may be routed without a person, and when that cannot be promised."""

import numpy as np
import numpy.typing as npt
from scipy.stats import beta

MIN_ROUTED = 30  # a share of fewer texts than this promises nothing
RISK = 0.05  # how often chance alone may have made the held-out texts look good enough
RISK_NEWEST = 0.2  # the same for the newest stretch, where the texts are few and the question is only: has it changed?
NEWEST = 0.4

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def choose(top: Floats, right: Bools, precision: float) -> float | None:
    """Return the threshold that keeps `precision` on all held-out texts and on the newest of them, or None: no promise.

    top (n,): probability of the first class; right (n,): whether it was right; in order of time, not seen in training.
    """
    newest = int(len(top) * (1 - NEWEST))
    found = pick(top, right, precision, RISK), pick(top[newest:], right[newest:], precision, RISK_NEWEST)
    return None if found[0] is None or found[1] is None else max(found[0], found[1])


def pick(top: Floats, right: Bools, precision: float, risk: float) -> float | None:
    """Return the lowest threshold where at least `precision` of the texts at or above it are right, or None.

    "At least" is one-sided: with probability 1 - `risk` (0 to 1) the true share is no lower.
    """
    if not len(top):
        return None
    order = np.argsort(-top, kind="stable")
    hits, count = np.cumsum(right[order].astype(np.int64)), np.arange(1, len(top) + 1)
    last_of_ties = np.append(top[order][1:] < top[order][:-1], True)
    enough = (lower_bound(hits, count, risk) >= precision) & (count >= MIN_ROUTED) & last_of_ties
    fine = np.flatnonzero(enough)
    return float(top[order][fine[-1]]) if len(fine) else None


def lower_bound(hits: npt.NDArray[np.int64], count: npt.NDArray[np.int64], risk: float) -> Floats:
    """Return the exact (Clopper-Pearson) lower bound of hits / count, one-sided."""
    return np.where(hits == 0, 0.0, beta.ppf(risk, np.maximum(hits, 1), count - hits + 1))
