"""One picture of the promise: what could come out of a table without a melding and with it, beside each other."""

import math
from dataclasses import dataclass
from fractions import Fraction

from meldingen.tenancy.models import Municipality
from opendata.disclosure import MONTHLY
from opendata.models import Budget

WIDTH, HEIGHT, FLOOR = 640, 220, 190
TRUE = 12  # an example; whatever the true count is, the shapes are these
REACH = 9


@dataclass(frozen=True)
class Outcome:
    """A number that may be published, and two bars: how likely it is without the melding, and with it."""

    number: int
    at: float
    width: float
    without: float
    with_it: float

    @property
    def middle(self) -> float:
        """Where the number stands."""
        return round(self.at + self.width, 1)

    @property
    def bars(self) -> tuple[tuple[str, float, float, float], ...]:
        """Kind, x, y and height of each."""
        heights = (("without", self.at, self.without), ("with", self.at + self.width, self.with_it))
        return tuple((kind, round(x, 1), round(FLOOR - high, 1), round(high, 1)) for kind, x, high in heights)


@dataclass(frozen=True)
class Picture:
    """The bars, and by which factor the two of a pair differ at most."""

    outcomes: tuple[Outcome, ...]
    factor: float
    without: int = TRUE
    with_it: int = TRUE + 1
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR


def picture(municipality: Municipality) -> Picture:
    """Of the monthly table that tells most, by the budget that is set now."""
    epsilon = float(max(table.share for table in MONTHLY) * Fraction(municipality.epsilon_month))
    numbers = range(TRUE - REACH, TRUE + 1 + REACH + 1)
    most, step = _chance(0, epsilon), WIDTH / len(numbers)
    scale = (FLOOR - 10) / most
    outcomes = (
        Outcome(
            number,
            round(place * step + step * 0.1, 1),
            round(step * 0.4, 1),
            _chance(number - TRUE, epsilon) * scale,
            _chance(number - TRUE - 1, epsilon) * scale,
        )
        for place, number in enumerate(numbers)
    )
    return Picture(tuple(outcomes), math.exp(epsilon))


def accounts(municipality: Municipality, most: int = 4) -> list[Budget]:
    """The newest accounts on which something was booked."""
    return list(Budget.objects.of(municipality).filter(spent__gt=0).order_by("-period")[:most])


def _chance(noise: int, epsilon: float) -> float:
    """Of discrete Laplace noise."""
    p = math.exp(-epsilon)
    return (1 - p) / (1 + p) * p ** abs(noise)
