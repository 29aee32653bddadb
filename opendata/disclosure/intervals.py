"""Intervals that hold the true count with a chance of 90 % at least, exact from the distribution of the noise."""

from __future__ import annotations

import math
from fractions import Fraction

LEVEL = 0.9
SLACK = 1e-9  # asked for on top of the level, so that rounding in this module can never cost coverage


def half_width(epsilon: Fraction, level: float = LEVEL) -> int:
    """The smallest whole m for which discrete Laplace noise stays within -m..m with a chance of `level` at least.

    P(|Z| > m) = 2 p^(m+1) / (1 + p), p = exp(-epsilon).
    """
    p = math.exp(-float(epsilon))
    m = 0
    while 2 * p ** (m + 1) / (1 + p) > 1 - level - SLACK:
        m += 1
    return m


def around(draw: int, width: int, estimate: int) -> tuple[int, int]:
    """The published bounds: draw +- width, cut off at zero, and stretched where needed to hold the estimate.

    A count is never below zero and stretching only adds numbers, so neither can lower the coverage.
    """
    return min(max(0, draw - width), estimate), max(0, draw + width, estimate)
