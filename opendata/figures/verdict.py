"""What a difference tells: whether it is more than our noise, and how often the like comes about by itself.

By itself: chance in the street (a count varies about as much as it is large) and our noise together, as one normal
distribution. It is an estimate for readers, and said as one: "about 1 time in 6".
"""

import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from opendata.disclosure.intervals import LEVEL, Interval, Quantity

_SELDOM = 1000
# What comes about by itself more often than this is not told as a fact.
_OFTEN = 0.1


@dataclass(frozen=True)
class Verdict:
    """Of two numbers, of which the second is compared with; `candidates` were looked at to choose this difference.
    `factors`: by what each was multiplied to be a rate.
    """

    one: Quantity
    other: Quantity
    difference: Quantity
    candidates: int = 1
    factors: tuple[Fraction, Fraction] = (Fraction(1), Fraction(1))

    @property
    def level(self) -> float:
        """The certainty that is asked: the largest of many pays for being chosen."""
        return 1 - (1 - LEVEL) / self.candidates

    @cached_property
    def interval(self) -> Interval:
        return self.difference.interval(self.level)

    @property
    def is_noise(self) -> bool:
        return self.interval.holds_zero

    @cached_property
    def chance(self) -> float:
        """How often a difference as large, up or down, comes about when nothing changed: of all candidates the
        largest."""
        sides = zip((self.one, self.other), self.factors, strict=True)
        in_the_street = sum(max(side.estimate, Fraction(0)) * factor for side, factor in sides)
        spread = math.sqrt(float(in_the_street) + _noise(self.one) + _noise(self.other))
        once = math.erfc(abs(float(self.difference.value)) / spread / math.sqrt(2)) if spread else 1.0
        return float(1 - (1 - once) ** self.candidates)

    @property
    def is_clear(self) -> bool:
        """Whether it may be told as a fact: more than our noise, and seldom by itself."""
        return not self.is_noise and self.chance <= _OFTEN

    def in_words(self, names: tuple[str, str] = ("", "")) -> list[str]:
        """Two sentences, in the language of the reader; `names` says what the two numbers are of."""
        return [self._more_or_less(names), self._by_itself()]

    def _more_or_less(self, names: tuple[str, str]) -> str:
        figures = {"one": _called(self.one, names[0]), "other": _called(self.other, names[1])}
        if self.is_noise:
            return _("No difference can be seen: %(one)s against %(other)s (it may be our noise alone).") % figures
        if self.difference.value > 0:
            return _("There were more reports: about %(one)s against %(other)s (more than our noise).") % figures
        return _("There were fewer reports: about %(one)s against %(other)s (more than our noise).") % figures

    def _by_itself(self) -> str:
        if self.chance >= 0.5 and not self.is_noise:
            return _(
                "But at these numbers such a difference comes about by itself half of the time or more: it may well be "
                "chance."
            )
        if self.chance >= 0.5:
            return _("At these numbers such a difference comes about by itself half of the time or more.")
        times = round(1 / self.chance) if self.chance * _SELDOM > 1 else _SELDOM
        if times >= _SELDOM:
            return _("At these numbers such a difference comes about by itself less than 1 time in 1,000.")
        if not self.is_noise and not self.is_clear:  # the first sentence said that it is more than noise
            words = _(
                "But at these numbers such a difference comes about by itself about 1 time in %(times)d: it may well "
                "be chance."
            )
            return words % {"times": times}
        return ngettext(
            "At these numbers such a difference comes about by itself about 1 time in %(times)d.",
            "At these numbers such a difference comes about by itself about 1 time in %(times)d.",
            times,
        ) % {"times": times}


def _noise(quantity: Quantity) -> float:
    """The variance of the noise in a number: that of discrete Laplace for each cell, by the square of its weight."""
    total = 0.0
    for part in quantity.components:
        p = math.exp(-float(part.epsilon))
        total += part.cells * float(part.weight) ** 2 * 2 * p / (1 - p) ** 2
    return total


def _called(quantity: Quantity, name: str) -> str:
    return f"{shown(quantity)} ({name})" if name else shown(quantity)


def shown(quantity: Quantity) -> str:
    """A number as people read it: what was counted is whole, a rate has a decimal."""
    return rounded(quantity.estimate, 0 if quantity.whole else 1)


def difference_in_words(verdict: Verdict) -> str:
    """ "+14 (+3 to +25)": the difference with its bounds, each with its sign."""
    digits, bounds = 0 if verdict.difference.whole else 1, verdict.interval
    figures = {
        "number": _with_sign(verdict.difference.estimate, digits, ROUND_HALF_UP),
        "lower": _with_sign(bounds.lower, digits, DOWN),
        "upper": _with_sign(bounds.upper, digits, UP),
    }
    return _("%(number)s (%(lower)s to %(upper)s)") % figures


def _with_sign(value: Fraction, digits: int, rounding: str) -> str:
    words = rounded(value, digits, rounding)
    return words.replace("-", "\N{MINUS SIGN}") if value < 0 else f"+{words}" if value > 0 else words


def unlike_in_words(days: int, period: str) -> str:
    """Why two periods are not judged: of one of them fewer days were registered."""
    words = ngettext(
        "On %(number)d day of %(period)s no reports were registered. What of the difference comes from that, "
        "nobody can tell.",
        "On %(number)d days of %(period)s no reports were registered. What of the difference comes from that, "
        "nobody can tell.",
        days,
    )
    return words % {"number": days, "period": period}


def unjudged_in_words() -> str:
    """Why numbers of two areas are not judged."""
    return _(
        "Numbers of two areas say first of all where more people live or come, so we do not judge their difference. "
        "Compare them per 1,000 inhabitants."
    )


def rounded(value: Fraction | float, digits: int, rounding: str = ROUND_HALF_UP) -> str:
    """A number with so many decimals, in sentences and in pictures alike. Bounds are rounded away from each other."""
    return _written(value, digits, rounding, get_language())


@lru_cache(maxsize=4096)
def _written(value: Fraction | float, digits: int, rounding: str, _language: str | None) -> str:
    """As the language writes it. A page says most of its numbers more than once."""
    exact = Decimal(repr(round(float(value), 9)))  # so that a float and the fraction it stands for are rounded alike
    return str(number_format(exact.quantize(Decimal(1).scaleb(-digits), rounding), digits, force_grouping=True))


DOWN, UP = ROUND_FLOOR, ROUND_CEILING
