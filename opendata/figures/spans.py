"""Periods added up: this year so far beside the same months of the year before, and the last twelve months beside the
twelve before; of two areas the same months of both. The core adds up, so that the bounds are those of the sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opendata.datasets.wording import period_in_words
from opendata.disclosure import Period
from opendata.disclosure.intervals import Quantity
from opendata.figures.seeing import Number, Row, Sight
from opendata.figures.verdict import Verdict

LEAST = 2  # periods that are added up; one alone stands in the line
ENOUGH = 0.75  # of the periods that the name of a sum promises; with fewer there is no such sum


@dataclass(frozen=True)
class Span:
    """Periods of which each stands beside the one a year earlier, or beside the same of another area; both added up.
    `places`: which areas, in words; empty beside a year earlier. `absent`: those that were left out on both sides,
    because one of the two is not published, or not of all its days.
    """

    name: str
    periods: tuple[Period, ...]
    earlier: tuple[Period, ...]
    mine: Number
    theirs: Number
    verdict: Verdict
    absent: tuple[Period, ...]
    places: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, str]:
        """What the two sums are of."""
        these = _from_to(self.periods, self.absent)
        if self.places:
            here, there = self.places
            return f"{here}, {these}", f"{there}, {these}"
        return these, _from_to(self.earlier, [_year_before(one) for one in self.absent])

    @property
    def sentences(self) -> list[str]:
        """What the two sums tell, and what must be said with it."""
        said, number = self.verdict.in_words(self.names), len(self.absent)
        if self.absent and self.places:
            words = ngettext(
                "%(periods)s is left out: there are no figures of all its days.",
                "%(periods)s are left out: there are no figures of all their days.",
                number,
            )
        elif self.absent:
            words = ngettext(
                "%(periods)s is left out, in both years: of one of the two there are no figures of all days.",
                "%(periods)s are left out, in both years: of one of the two there are no figures of all days.",
                number,
            )
        return [*said, capfirst(words % {"periods": _listed(self.absent)})] if self.absent else said


def spans_of(sight: Sight) -> list[Span]:
    """Those of a view through time that is of months or quarters; none where too few periods have both sides, or where
    two areas are not judged.
    """
    view = sight.view
    if view.by is not None or not sight.is_judged:
        return []
    number, last = 12 // view.period.kind.months, view.period
    last_year = _run(last, number)
    so_far = [one for one in last_year if one.year == last.year]
    found = [_span(_("The last 12 months"), last_year, sight)]
    if len(so_far) < number:
        found.insert(0, _span(_("This year so far"), so_far, sight))
    return [one for one in found if one is not None]


def _run(last: Period, number: int) -> list[Period]:
    """So many periods up to and with the last, oldest first."""
    year_before = Period.all_of(last.year - 1, last.kind)
    return [*year_before, *Period.all_of(last.year, last.kind)[: last.number]][-number:]


def _span(name: str, periods: Sequence[Period], sight: Sight) -> Span | None:
    rows, is_beside = {row.key: row for row in sight.rows}, bool(sight.view.against_area)
    pairs = [(one, one if is_beside else _year_before(one)) for one in periods]
    both = [(one, other) for one, other in pairs if _is_there(one, rows) and _is_there(other, rows)]
    both = [(one, other) for one, other in both if not is_beside or rows[str(one)].theirs]
    if len(both) < max(LEAST, ENOUGH * len(pairs)):
        return None
    these, those = (tuple(side) for side in zip(*both, strict=True))
    mine = _sum([rows[str(one)].mine for one in these])
    theirs = _sum([rows[str(one)].theirs if is_beside else rows[str(one)].mine for one in those])
    first = rows[str(these[0])]
    factors = first.verdict.factors if is_beside and first.verdict else (first.factor, first.factor)
    verdict = Verdict(mine.quantity, theirs.quantity, mine.quantity - theirs.quantity, 1, factors)
    places = (sight.here, sight.theirs) if is_beside else ()
    return Span(name, these, those, mine, theirs, verdict, tuple(sorted(set(periods) - set(these))), places)


def _is_there(period: Period, rows: dict[str, Row]) -> bool:
    row = rows.get(str(period))
    return row is not None and row.mine is not None and not row.missing_days


def _sum(numbers: Sequence[Number | None]) -> Number:
    known = [one for one in numbers if one]
    return Number(Quantity.together([one.quantity for one in known]), Quantity.together([one.counted for one in known]))


def _year_before(period: Period) -> Period:
    return Period(period.year - 1, period.kind, period.number)


def _from_to(periods: Sequence[Period], without: Sequence[Period]) -> str:
    """A sum is never called one of more than it is."""
    ends = {"first": period_in_words(periods[0]), "last": period_in_words(periods[-1])}
    within = [one for one in without if periods[0] < one < periods[-1]]
    if not within:
        return _("%(first)s to %(last)s") % ends
    return _("%(first)s to %(last)s without %(absent)s") % (ends | {"absent": _listed(within)})


def _listed(periods: Sequence[Period]) -> str:
    return ", ".join(map(period_in_words, periods))


__all__ = ["Span", "spans_of"]
