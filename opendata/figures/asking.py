"""A question as it is asked, and its answer: filter, group, sum, compare. What cannot be answered is refused in words,
all of it at once.
"""

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _

from meldingen.tenancy.models import Municipality
from opendata.disclosure import Dimension, Period, questions
from opendata.disclosure.errors import SharedNoiseError, UnknownSelectionError
from opendata.disclosure.intervals import Quantity
from opendata.disclosure.tables import AREAS
from opendata.figures.reading import Draw, NotReleased, draws
from opendata.figures.verdict import Verdict

PERIOD, GROUP = "periode", "groep"
MOST_CANDIDATES = 2000
MOST_ROWS = 100_000
Where = Mapping[Dimension, tuple[str, ...]]


class CannotAnswer(ValueError):
    """Why a question has no answer: for each name of the question that is at fault, a code and words."""

    def __init__(self, wrong: dict[str, tuple[str, str]]) -> None:
        super().__init__("; ".join(wrong))
        self.wrong = wrong


@dataclass(frozen=True)
class Question:
    """Which periods, of what, and by what it is told apart: dimensions, and the period itself when `by_period`."""

    periods: tuple[Period, ...]
    where: Where = field(default_factory=dict)
    by: tuple[Dimension, ...] = ()
    by_period: bool = False


@dataclass(frozen=True)
class Figure:
    """One number: the names that tell it from the others, as published, what it is, and what was counted."""

    cells: dict[str, str]
    quantity: Quantity
    where: Where = field(default_factory=dict)


@dataclass(frozen=True)
class Counted:
    """A number as somebody wants it counted, and by what it was multiplied for that."""

    quantity: Quantity
    factor: Fraction = Fraction(1)


# What becomes of a figure; None where that is not known.
Count = Callable[[Figure], Counted | None]


class Answer:
    """Figures are computed when they are asked for: a page of them, of however many there are."""

    def __init__(self, question: Question, of: Sequence[Draw]) -> None:
        """From the draws of its periods. CannotAnswer for names of another year, and borders that differ."""
        self.question, self.draws = question, of
        self._check_years()

    @classmethod
    def to(cls, municipality: Municipality, question: Question) -> "Answer":
        """The answer to a question. CannotAnswer for periods that are not released too."""
        try:
            return cls(question, draws(municipality, question.periods))
        except NotReleased as absent:
            raise CannotAnswer({PERIOD: ("not_released", _not_released(absent.periods))}) from absent

    @cached_property
    def keys(self) -> list[tuple[Draw | None, tuple[str, ...]]]:
        """What tells the figures apart, in the order of the grid; None is all periods together."""
        first = self.draws[0].year.grid
        values = [self._values(first.values(one), one) for one in self.question.by]
        if not all(values):
            raise CannotAnswer({GROUP: ("excluded", _("What you choose excludes each other: there is no such row."))})
        spans: Sequence[Draw | None] = self.draws if self.question.by_period else [None]
        self._refuse_too_many(math.prod(len(each) for each in (spans, *values)))
        return list(itertools.product(spans, itertools.product(*values)))

    def _refuse_too_many(self, number: int) -> None:
        """Before any row is made: a question costs nobody more than it may."""
        if number > MOST_ROWS:
            words = _("This has %(number)d rows; at most %(most)d can be asked at once. Ask for less.")
            raise CannotAnswer({GROUP: ("too_many", words % {"number": number, "most": MOST_ROWS})})

    def figures(self, keys: Sequence[tuple[Draw | None, tuple[str, ...]]]) -> Iterator[Figure]:
        """A figure for each key. CannotAnswer where no table can tell."""
        for draw, values in keys:
            where = dict(self.question.where) | {
                one: (value,) for one, value in zip(self.question.by, values, strict=True)
            }
            quantity = self._total(self.draws if draw is None else [draw], where)
            yield Figure(self._cells(draw, values), quantity, where)

    def _total(self, of: Sequence[Draw], where: Where) -> Quantity:
        try:
            return Quantity.together([questions.total(draw.drawn, where) for draw in of])
        except UnknownSelectionError as error:
            words = _(
                "No published table tells this. Ask for districts with main categories, for neighbourhoods, or for "
                "categories."
            )
            raise CannotAnswer({"": ("no_table", words)}) from error

    def _values(self, all_values: Sequence[str], dimension: Dimension) -> list[str]:
        """Those that are asked for: what was chosen, and of a finer dimension what lies within what was chosen."""
        where, grid = self.question.where, self.draws[0].year.grid
        values = [one for one in all_values if one in where.get(dimension, all_values)]
        for coarser in (Dimension.WIJK, Dimension.MAIN_CATEGORY):
            finer = Dimension.BUURT if coarser is Dimension.WIJK else Dimension.CATEGORY
            if dimension is finer and coarser in where:
                belongs = grid.parents(finer, coarser)
                values = [one for one in values if belongs[one] in where[coarser]]
        return values

    def _cells(self, draw: Draw | None, values: Sequence[str]) -> dict[str, str]:
        names = (draw or self.draws[-1]).year.names
        cells = {} if draw is None else {PERIOD: str(draw.drawn.period)}
        for dimension, value in zip(self.question.by, values, strict=True):
            cells |= names.cell(dimension, value)
        return cells

    def _check_years(self) -> None:
        wrong: dict[str, tuple[str, str]] = {}
        years = {draw.year.fixed.year: draw.year for draw in self.draws}
        for dimension, values in self.question.where.items():
            for number, year in years.items():
                unknown = sorted(set(values) - set(year.grid.values(dimension)))
                if unknown:
                    wrong[dimension.value] = ("unknown", _unknown(dimension, unknown, number))
        if not _have_like_borders(self.draws, self.question):
            wrong[PERIOD] = ("unlike_borders", _unlike_borders())
        grids = [year.grid for year in years.values()]
        if any(grid.values(one) != grids[0].values(one) for grid in grids for one in self.question.by):
            wrong.setdefault(
                GROUP,
                ("unlike_keys", _("The list of these changed between the years of these periods. Ask for one year.")),
            )
        if wrong:
            raise CannotAnswer(wrong)


def compare(one: Answer, other: Answer, counts: tuple[Count, Count] | None = None) -> list[tuple[Figure, Verdict]]:
    """Each figure of one beside the same of the other, without those of which one is not known as it is counted.
    CannotAnswer when a part is compared with its whole.
    """
    if len(one.keys) > MOST_CANDIDATES:
        words = _("This compares %(number)d pairs; at most %(most)d at once.")
        raise CannotAnswer({GROUP: ("too_many", words % {"number": len(one.keys), "most": MOST_CANDIDATES})})
    _check_alike(one, other)
    if [values for _draw, values in one.keys] != [values for _draw, values in other.keys]:
        words = _("The two sides do not have the same rows. Group by something else.")
        raise CannotAnswer({GROUP: ("unlike_keys", words)})
    count, count_other = counts or (_as_it_is, _as_it_is)
    pairs = zip(one.figures(one.keys), other.figures(other.keys), strict=True)
    sides = [(mine, count(mine), count_other(theirs)) for mine, theirs in pairs]
    known = [(mine, here, there) for mine, here, there in sides if here is not None and there is not None]
    if not known:
        raise CannotAnswer({"maat": ("unknown", unknown_divisor())})
    return [(mine, _verdict(here, there, len(known))) for mine, here, there in known]


def _as_it_is(figure: Figure) -> Counted:
    return Counted(figure.quantity)


def unknown_divisor() -> str:
    """Why there is no rate, and what to do."""
    return _(
        "How many people live there is not known, or fewer than 300. Ask for the number of reports instead "
        "(maat=aantal)."
    )


def _check_alike(one: Answer, other: Answer) -> None:
    kinds = {draw.drawn.period.kind for answer in (one, other) for draw in answer.draws}
    if len(kinds) > 1:
        words = _("Compare periods of one kind: a month with a month, a year with a year.")
        raise CannotAnswer({"metPeriode": ("unlike_periods", words)})
    both = [*one.draws, *other.draws]
    if not all(_have_like_borders(both, answer.question) for answer in (one, other)):
        raise CannotAnswer({"metPeriode": ("unlike_borders", _unlike_borders())})


def _have_like_borders(of: Sequence[Draw], question: Question) -> bool:
    """Whether areas mean the same in all of these; without areas nothing depends on borders."""
    with_areas = {*question.where, *question.by} & set(AREAS[1:])
    return not with_areas or len({draw.year.fixed.vintage for draw in of}) == 1


def _unlike_borders() -> str:
    return _(
        "The borders of areas changed between these periods. Take periods with the same borders, or the whole "
        "municipality."
    )


def _verdict(one: Counted, other: Counted, candidates: int) -> Verdict:
    factors = one.factor, other.factor
    try:
        return Verdict(one.quantity, other.quantity, one.quantity - other.quantity, candidates, factors)
    except SharedNoiseError as error:
        words = _("The two sides overlap. Compare a part with the rest instead of with the whole.")
        raise CannotAnswer({"": ("overlap", words)}) from error


def _unknown(dimension: Dimension, values: Sequence[str], year: int) -> str:
    words = _("There is no %(name)s %(values)s in the figures of %(year)d.")
    return words % {"name": dimension.value, "values": ", ".join(one[:40] for one in values[:5]), "year": year}


def _not_released(periods: Sequence[Period]) -> str:
    when = ", ".join(f"{period} ({period.draw_day.isoformat()})" for period in periods[:5])
    return _("Not published here (between brackets the first day on which it can be): %(when)s.") % {"when": when}
