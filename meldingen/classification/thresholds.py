"""From which certainty a text may be routed without a person, and why that cannot always be promised."""

from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.stats import beta, fisher_exact

MIN_ROUTED = 30  # a share of fewer texts than this promises nothing
RISK = 0.05  # how often chance alone may have made the held-out texts look good enough
RISK_NEWEST = 0.3  # the same for the newest stretch, where the texts are few and the question is only: has it changed?
NEWEST = 0.4
CHANCE_OF_CHANGE = 0.01  # how often chance alone may make the newest texts look as different from the ones before

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

WhyNot = Literal["no_promise", "promise_broken", "promise_worsened"]


def choose(sure: Floats, right: Bools, weights: Floats, precision: float) -> tuple[float | None, WhyNot | None]:
    """Return the lowest threshold that keeps `precision` on all held-out texts and on the newest; or why there is none.

    sure (n,): how certain the first choice is; right (n,): whether it was right; weights (n,): how much each text
    counts; in order of time, not seen in training. No text is routed that is wrong more than twice as often as
    promised, however good the others are. `no_promise`: had all been right, it would have proved too little.
    `promise_worsened`: the newest texts above it are right less often than the older ones, and what gets worse goes on.
    """
    order = np.argsort(-sure, kind="stable")
    right, weights, newest = right[order], weights[order], newest_of(len(sure))[order]
    enough, was_worse = _enough(right, weights, precision, RISK) & (sure[order] >= 2 * precision - 1), False
    for risk in (RISK_NEWEST, RISK):
        last = _last(sure[order], enough & _enough(right, weights * newest, precision, risk))
        if last is not None and not has_worsened(right[: last + 1], newest[: last + 1]):
            return float(sure[order][last]), None
        was_worse = was_worse or last is not None
    if was_worse:
        return None, "promise_worsened"
    possible = _enough(np.ones_like(right), weights, precision, RISK)
    return None, "promise_broken" if len(possible) and possible[-1] else "no_promise"


def pick(top: Floats, right: Bools, precision: float, risk: float) -> float | None:
    """Return the lowest threshold where at least `precision` of the texts at or above it are right, or None.

    At each single threshold the true share is no lower with probability 1 - `risk` (0 to 1). The lowest of many that
    look good enough is there by luck more often than that.
    """
    order = np.argsort(-top, kind="stable")
    last = _last(top[order], _enough(right[order], np.ones(len(top)), precision, risk))
    return None if last is None else float(top[order][last])


def newest_of(n: int) -> Bools:
    """Say of each of `n` texts in order of time whether it is one of the newest."""
    return np.arange(n) >= int(n * (1 - NEWEST))


def lower_bound(hits: Floats, count: Floats, risk: float) -> Floats:
    """Return the exact (Clopper-Pearson) lower bound of hits / count, one-sided."""
    return np.where(hits <= 0, 0.0, beta.ppf(risk, np.maximum(hits, 1e-9), count - hits + 1))


def has_worsened(right: Bools, newest: Bools) -> bool:
    """Say whether the newest of these texts are right less often than the others, by more than chance."""
    return _chance(right, newest, "greater") < CHANCE_OF_CHANGE


def has_changed(right: Bools, newest: Bools) -> bool:
    """Say whether the newest of these texts are right less or more often than the others, by more than chance."""
    return _chance(right, newest, "two-sided") < CHANCE_OF_CHANGE


def _chance(right: Bools, newest: Bools, alternative: Literal["greater", "two-sided"]) -> float:
    """Return how often chance makes such a difference between the newest and the others."""
    table = np.array([[(~part).sum(), part.sum()] for part in (right[newest], right[~newest])])
    return float(fisher_exact(table, alternative=alternative).pvalue)


def _enough(right: Bools, weights: Floats, precision: float, risk: float) -> Bools:
    """Say of each place whether the texts up to it are right often enough.

    Texts of unequal weight prove as much as fewer of equal weight do: (sum of w)^2 / (sum of w^2) of them.
    """
    heavy = np.maximum(np.cumsum(weights), 1e-12)
    count = heavy**2 / np.maximum(np.cumsum(weights**2), 1e-12)
    hits = np.minimum(count * np.cumsum(weights * right) / heavy, count)
    return np.asarray((lower_bound(hits, count, risk) >= precision) & (np.round(count, 6) >= MIN_ROUTED))


def _last(top: Floats, fine: Bools) -> int | None:
    """Return the last place that is fine, of descending `top`; texts of equal certainty stay together."""
    if not len(top):
        return None
    places = np.flatnonzero(fine & np.append(top[1:] < top[:-1], True))
    return int(places[-1]) if len(places) else None
