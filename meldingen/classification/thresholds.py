"""From which probability a text may be routed without a person, and when that cannot be promised."""

import numpy as np
import numpy.typing as npt
from scipy.stats import beta, fisher_exact

MIN_ROUTED = 30  # a share of fewer texts than this promises nothing
RISK = 0.05  # how often chance alone may have made the held-out texts look good enough
RISK_NEWEST = 0.2  # the same for the newest stretch, where the texts are few and the question is only: has it changed?
NEWEST = 0.4
WORSENED = 0.01  # how often chance alone may make the newest texts look as much worse than the ones before

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def choose(top: Floats, right: Bools, precision: float) -> float | None:
    """Return the lowest threshold that keeps `precision` on all held-out texts and on the newest, or None: no promise.

    top (n,): probability of the first class; right (n,): whether it was right; in order of time, not seen in training.
    None too when the newest texts above it are right less often than the ones before: what gets worse goes on.
    """
    order = np.argsort(-top, kind="stable")
    right, newest = right[order], order >= int(len(top) * (1 - NEWEST))
    found = _last(
        top[order],
        _enough(right, np.ones_like(right), precision, RISK) & _enough(right, newest, precision, RISK_NEWEST),
    )
    if found is None or _has_worsened(right[: found + 1], newest[: found + 1]):
        return None
    return float(top[order][found])


def pick(top: Floats, right: Bools, precision: float, risk: float) -> float | None:
    """Return the lowest threshold where at least `precision` of the texts at or above it are right, or None.

    At each single threshold the true share is no lower with probability 1 - `risk` (0 to 1). The lowest of many that
    look good enough is there by luck more often than that.
    """
    order = np.argsort(-top, kind="stable")
    found = _last(top[order], _enough(right[order], np.ones_like(right), precision, risk))
    return None if found is None else float(top[order][found])


def lower_bound(hits: Ints, count: Ints, risk: float) -> Floats:
    """Return the exact (Clopper-Pearson) lower bound of hits / count, one-sided."""
    return np.where(hits == 0, 0.0, beta.ppf(risk, np.maximum(hits, 1), count - hits + 1))


def _enough(right: Bools, counted: Bools, precision: float, risk: float) -> Bools:
    """Say of each place whether the `counted` texts up to it are right often enough."""
    hits, count = np.cumsum(right & counted, dtype=np.int64), np.cumsum(counted, dtype=np.int64)
    return np.asarray((lower_bound(hits, count, risk) >= precision) & (count >= MIN_ROUTED))


def _last(top: Floats, fine: Bools) -> int | None:
    """Return the last place that is fine, of descending `top`; texts of equal probability stay together."""
    if not len(top):
        return None
    places = np.flatnonzero(fine & np.append(top[1:] < top[:-1], True))
    return int(places[-1]) if len(places) else None


def _has_worsened(right: Bools, newest: Bools) -> bool:
    """Say whether the newest of these texts are right less often than the others, by more than chance."""
    table = np.array([[(~part).sum(), part.sum()] for part in (right[newest], right[~newest])])
    return bool(fisher_exact(table, alternative="greater").pvalue < WORSENED)
