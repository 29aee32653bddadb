"""From which probability a text may be routed without a person."""

import numpy as np
import numpy.typing as npt

MIN_ROUTED = 30  # a share of fewer texts than this promises nothing


def pick(top: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], precision: float) -> float | None:
    """Return the lowest threshold with at least `precision` of the texts at or above it right, or None.

    top (n,): probability of the first class; right (n,): whether it was right. Both from texts the model had not seen.
    """
    order = np.argsort(-top, kind="stable")
    hits = np.cumsum(right[order])
    count = np.arange(1, len(top) + 1)
    last_of_ties = np.append(top[order][1:] < top[order][:-1], True) if len(top) else np.zeros(0, dtype=bool)
    fine = np.flatnonzero((hits / count >= precision) & (count >= MIN_ROUTED) & last_of_ties)
    return float(top[order][fine[-1]]) if len(fine) else None
