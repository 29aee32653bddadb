"""Intervals that hold the true number with a chance of 90 % at least, from the distribution of the noise.

For a cell and for any sum of cells the distribution is exact: noises of cells are independent, and the distribution
of their weighted sum is computed from its characteristic function on the lattice it lives on. Where the weights have
no common lattice of reasonable size (a difference of two rates), weights are rounded up to a fine one: an
approximation that widens the interval; its coverage is measured in the tests.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from opendata.disclosure.errors import SharedNoiseError

LEVEL = 0.9
SLACK = 1e-9  # asked for on top of the level, so that rounding in this module can never cost coverage
LATTICE = 2**20
COARSE_LATTICE = 2**15
_TAIL = 34.0  # what lies outside of the lattice has a chance below exp(-34), or 2e-15


@dataclass(frozen=True)
class Component:
    """`cells` independent noises with parameter `epsilon`, each multiplied by `weight`."""

    epsilon: Fraction
    cells: int
    weight: Fraction


@dataclass(frozen=True)
class Interval:
    """The bounds, both included, and the estimate that they belong to."""

    lower: Fraction
    estimate: Fraction
    upper: Fraction

    @property
    def holds_zero(self) -> bool:
        return self.lower <= 0 <= self.upper


def half_width(epsilon: Fraction, level: float = LEVEL) -> int:
    """The smallest whole m for which discrete Laplace noise stays within -m..m with a chance of `level` at least.

    P(|Z| > m) = 2 p^(m+1) / (1 + p), p = exp(-epsilon).
    """
    p = math.exp(-float(epsilon))
    m = 0
    while 2 * p ** (m + 1) / (1 + p) > 1 - level - SLACK:
        m += 1
    return m


def least_difference(epsilon: Fraction, level: float = LEVEL) -> int:
    """The smallest whole difference of two draws of one table that is more than the noise of both, at `level`.

    The bounds of the two may overlap all the same: each bound allows for the whole of its own noise, and two noises
    are seldom both large and opposite.
    """
    one = Fraction(1)
    return math.floor(half_width_of_sum([Component(epsilon, 1, one), Component(epsilon, 1, -one)], level)) + 1


def around(draw: int, width: int, estimate: int) -> tuple[int, int]:
    """The published bounds: draw +- width, cut off at zero, and stretched where needed to hold the estimate.

    A count is never below zero and stretching only adds numbers, so neither can lower the coverage. A draw below zero
    is bounded like a draw of zero: 0 to 0 would read as a certain zero where only the noise was large.
    """
    return min(max(0, draw - width), estimate), max(max(0, draw) + width, estimate)


def half_width_of_sum(components: Sequence[Component], level: float = LEVEL) -> Fraction:
    """The smallest w for which the sum of `components` stays within -w..w with a chance of `level` at least.

    Exact when the weights fit a lattice of a million points, else at most one step of a fine lattice too wide.
    """
    return _half_width_of_sum(tuple(components), level)


@lru_cache(maxsize=4096)
def _half_width_of_sum(components: tuple[Component, ...], level: float) -> Fraction:
    """The same; the periods of a line have noise of one kind, and so have most rows of a table."""
    parts = [part for part in components if part.cells and part.weight]
    if not parts:
        return Fraction(0)
    step = Fraction(math.gcd(*_numerators(parts)), _denominator(parts))
    margin = Fraction(0)
    reach = _reach([(float(one.epsilon), one.cells, float(one.weight / step)) for one in parts])
    if reach > LATTICE:
        step = margin = step * Fraction(reach / COARSE_LATTICE)
    steps = ((one.epsilon, one.cells, math.ceil(abs(one.weight) / step)) for one in parts)
    return _width_in_steps(tuple(sorted(steps)), level) * step + margin


@lru_cache(maxsize=4096)
def _width_in_steps(parts: tuple[tuple[Fraction, int, int], ...], level: float) -> int:
    """The same for whole weights. It hangs on nothing that was drawn, and most figures of a table ask for the same."""
    reach = _reach([(float(epsilon), cells, float(weight)) for epsilon, cells, weight in parts])
    chances = _chances(parts, int(reach) + 1)
    within = np.cumsum(np.concatenate([chances[:1], 2 * chances[1:]]))
    return int(np.searchsorted(within, level + SLACK))


def _denominator(parts: Sequence[Component]) -> int:
    return math.lcm(*(part.weight.denominator for part in parts))


def _numerators(parts: Sequence[Component]) -> list[int]:
    common = _denominator(parts)
    return [abs(int(part.weight * common)) for part in parts]


def _reach(parts: Sequence[tuple[float, int, float]]) -> float:
    """A number that the sum of noises (epsilon, cells, weight) exceeds with a chance below exp(-34), by Chernoff's
    bound at the best of a few points.
    """
    largest = min(epsilon / abs(weight) for epsilon, _cells, weight in parts)
    return min(
        (_TAIL + sum(cells * _log_moment(epsilon, weight, largest * share) for epsilon, cells, weight in parts))
        / (largest * share)
        for share in (0.9, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01)
    )


def _log_moment(epsilon: float, weight: float, at: float) -> float:
    """log E exp(at x weight x Z) for one noise Z."""
    p, t = math.exp(-epsilon), at * abs(weight)
    return 2 * math.log1p(-p) - math.log1p(-p * math.exp(t)) - math.log1p(-p * math.exp(-t))


def _chances(parts: Sequence[tuple[Fraction, int, int]], reach: int) -> npt.NDArray[np.float64]:
    """P(sum = 0), P(sum = 1), ... up to `reach`, of (epsilon, cells, whole weight) on the lattice of whole numbers."""
    size = 2 ** math.ceil(math.log2(2 * reach + 2))
    angle = np.arange(size // 2 + 1) * (2 * np.pi / size)
    log = np.zeros(len(angle))
    for epsilon, cells, weight in parts:
        p = math.exp(-float(epsilon))
        log += cells * (2 * math.log1p(-p) - np.log1p(p * p - 2 * p * np.cos(weight * angle)))
    chances = np.fft.irfft(np.exp(log), size)[: reach + 1]
    return np.maximum(chances, 0)


@dataclass(frozen=True)
class Quantity:
    """A number computed from draws: the unbiased `value`, the `estimate` that is shown of it, and its noise. The
    estimate is a published one, or where there is none the value itself (`plain`).

    `sources` names the cells whose noise is in it, so that two quantities that share noise are not taken for
    independent. `signed` is True for a difference, which may be below zero; `whole` for a count.
    """

    value: Fraction
    estimate: Fraction
    components: tuple[Component, ...]
    sources: frozenset[object]
    signed: bool = False
    whole: bool = True

    def __add__(self, other: Quantity) -> Quantity:
        """Both together; SharedNoiseError when they have a cell in common."""
        return self.together([self, other])

    @classmethod
    def together(cls, quantities: Sequence[Quantity]) -> Quantity:
        """All of them added up; SharedNoiseError when two have a cell in common. Noises of one kind are one part.

        What is shown of a sum is the unbiased number: published estimates are moved to agree with one another and never
        below zero, each a little the same way every month, which added up leaves their bounds.
        """
        cells: Counter[tuple[Fraction, Fraction]] = Counter()
        for part in (part for one in quantities for part in one.components):
            cells[part.epsilon, part.weight] += part.cells
        sources = frozenset().union(*(one.sources for one in quantities))
        if len(sources) != sum(len(one.sources) for one in quantities):
            raise SharedNoiseError("two of them share cells; add each cell up once")
        value = sum((one.value for one in quantities), Fraction(0))
        negative, whole = any(one.signed for one in quantities), all(one.whole for one in quantities)
        estimate = quantities[0].estimate if len(quantities) == 1 else plain(value, negative, whole)
        parts = tuple(Component(epsilon, number, weight) for (epsilon, weight), number in cells.items())
        return cls(value, estimate, parts, sources, negative, whole)

    def __sub__(self, other: Quantity) -> Quantity:
        """The difference; SharedNoiseError when they have a cell in common. What is shown of it is the difference of
        what is shown of the two.
        """
        if self.sources & other.sources:
            raise SharedNoiseError("the two share cells; compare a part with the rest instead of with the whole")
        components = [Component(one.epsilon, one.cells, -one.weight) for one in other.components]
        return Quantity(
            self.value - other.value,
            self.estimate - other.estimate,
            (*self.components, *components),
            self.sources | other.sources,
            signed=True,
            whole=self.whole and other.whole,
        )

    def times(self, factor: Fraction) -> Quantity:
        """The quantity times `factor`, for a rate or a mean."""
        components = tuple(Component(one.epsilon, one.cells, one.weight * factor) for one in self.components)
        return Quantity(self.value * factor, self.estimate * factor, components, self.sources, self.signed, whole=False)

    def interval(self, level: float = LEVEL) -> Interval:
        """The interval that holds the true number with a chance of `level` at least; it holds the estimate too."""
        width = half_width_of_sum(self.components, level)
        lower, upper = self.value - width, self.value + width
        if not self.signed:  # as a published cell, by `around`
            lower, upper = max(lower, Fraction(0)), max(self.value, Fraction(0)) + width
        if self.whole:  # a whole number within the bounds is within these as well
            lower, upper = Fraction(math.ceil(lower)), Fraction(math.floor(upper))
        return Interval(min(lower, self.estimate), self.estimate, max(upper, self.estimate))

    def is_noise(self, level: float = LEVEL) -> bool:
        """For a difference: whether it can be nothing but noise, because its interval holds zero."""
        return self.interval(level).holds_zero


def plain(value: Fraction, negative: bool = False, whole: bool = True) -> Fraction:
    """An unbiased number as it is shown: a count is whole, and only a difference may be `negative`."""
    number = value if negative else max(value, Fraction(0))
    return Fraction(math.floor(number + Fraction(1, 2))) if whole else number


def shares_of_sixteen(variances: Sequence[float]) -> list[int]:
    """Weights in sixteenths, as near to one over the variance as sixteenths allow; whole, so that sums stay on a
    lattice."""
    precise = [16 / variance / sum(1 / other for other in variances) for variance in variances]
    whole = [math.floor(one) for one in precise]
    order = sorted(range(len(precise)), key=lambda position: whole[position] - precise[position])
    for position in itertools.islice(order, 16 - sum(whole)):
        whole[position] += 1
    return whole
