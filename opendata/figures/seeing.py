"""What a view shows: its rows with their intervals, and what a comparison of two of them tells.

Every number comes from `opendata.disclosure.questions`, by way of an Answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _

from opendata.datasets.wording import Words, period_in_words
from opendata.disclosure import REST, Dimension, Period
from opendata.disclosure.errors import SharedNoiseError
from opendata.disclosure.intervals import Interval, Quantity
from opendata.disclosure.tables import AREAS
from opendata.figures.asking import Answer, CannotAnswer, Question, unknown_divisor
from opendata.figures.days import missing_days
from opendata.figures.living import UNDIVIDED, Counting, counting
from opendata.figures.reading import Draw, Shelf
from opendata.figures.verdict import Verdict
from opendata.figures.view import REST_OF_TOWN, Choices, Measure, View
from opendata.registration import Registration, registration_of

MOST_PERIODS = 60  # five years of months in one line


@dataclass(frozen=True)
class Number:
    """A number as it is shown: what was counted, and by what it was multiplied."""

    quantity: Quantity
    counted: Quantity

    @cached_property
    def interval(self) -> Interval:
        return self.quantity.interval()

    @property
    def is_moved(self) -> bool:
        """Whether it lies so far from the middle of its bounds that a reader asks why: twice as far from one as from
        the other. Where they end at zero that is why.
        """
        interval = self.interval
        sides = sorted((interval.estimate - interval.lower, interval.upper - interval.estimate))
        return interval.lower > 0 and sides[1] >= 2 * sides[0]

    @property
    def is_quiet(self) -> bool:
        """Whether it is too uncertain to say more than that it is small: its bounds lie further apart than it is."""
        interval = self.interval
        return interval.upper - interval.lower > 2 * interval.estimate


@dataclass(frozen=True)
class Row:
    """One row: its key as published and in words, the number, and beside it the one that it is compared with: of
    another area, or of the period `beside`. `is_like`: of both the same number of days was registered.
    """

    cells: dict[str, str]
    key: str
    name: str
    within: str
    mine: Number | None
    theirs: Number | None = None
    verdict: Verdict | None = None

    missing_days: int = 0
    factor: Fraction = Fraction(1)
    beside: Period | None = None
    is_like: bool = True

    @property
    def is_rest(self) -> bool:
        return self.key == REST


@dataclass(frozen=True)
class Sight:
    """What a view shows. `theirs` names what it is compared with; `verdict` is of the row that the finding is about.
    `missing_days`: of which periods meldingen were not registered on all days, and on how many not.
    """

    view: View
    rows: tuple[Row, ...]
    draws: tuple[Draw, ...]
    theirs: str = ""
    verdict: Verdict | None = None
    earlier: Period | None = None
    notes: tuple[str, ...] = ()
    missing_days: Mapping[Period, int] = field(default_factory=dict)
    counts: Counting = UNDIVIDED
    here: str = ""  # the area that it is of, in words

    @property
    def period_in_words(self) -> str:
        return period_in_words(self.view.period)

    @property
    def compared(self) -> Period | None:
        """The other period that it is held against."""
        return self.view.against_period or self.earlier

    @property
    def incomplete(self) -> Period | None:
        """Of two periods that are held against each other the one of which less was registered: their difference tells
        that as well. None where both were registered alike.
        """
        if self.compared is None:
            return None
        mine, theirs = (self.missing_days.get(one, 0) for one in (self.view.period, self.compared))
        return None if mine == theirs else self.view.period if mine > theirs else self.compared

    @property
    def is_beside(self) -> bool:
        """Whether its rows stand beside others."""
        return bool(self.theirs) or self.compared is not None

    @property
    def is_judged(self) -> bool:
        """Whether a difference tells something: numbers of two areas say first of all where more people live."""
        return not (self.view.against_area and self.view.measure is Measure.COUNT)

    @property
    def is_a_year_apart(self) -> bool:
        """Whether each row stands beside the one of a year before."""
        return self.earlier is not None and self.earlier == _year_before(self.view.period)

    @property
    def last(self) -> Row:
        """The row of the period of the view; what is told apart by something else has none that stands for it."""
        return self.rows[-1]


def see(
    shelf: Shelf,
    view: View,
    choices: Choices,
    registration: Registration | None = None,
    counts: Counting | None = None,
) -> Sight:
    """The rows of a view. CannotAnswer for what no released figure tells. Who has the registration of the municipality,
    or who lives where, at hand spares a query for each.
    """
    counts = counts or counting(choices.year.fixed, view.measure)
    days = registration or registration_of(shelf.municipality)
    seen = _through_time if view.by is None else _side_by_side
    return seen(shelf, view, choices, counts, days)


def _through_time(shelf: Shelf, view: View, choices: Choices, counts: Counting, registration: Registration) -> Sight:
    until = [one for one in choices.periods if one <= view.period][-MOST_PERIODS:]
    other = view.against_period
    periods = until if other is None or other in until else [other, *until]
    all_draws = shelf.draws(periods)
    alike = [one for one in all_draws if _is_alike(one, all_draws[-1], view, choices)]
    if other is not None and other not in [one.drawn.period for one in alike]:
        raise CannotAnswer({"met": ("unlike_borders", _why_left_out())})
    mine = _numbers(alike, view, choices, counts, view.area)
    theirs = _numbers(alike, view, choices, counts, view.against) if view.against_area else {}
    days = missing_days(registration, [one.drawn.period for one in alike])
    before = None if view.against_area else other or _earlier(list(mine), view)
    number = _candidates(view, choices, counts, all_draws[-1:])
    line = _Line(view, counts, mine, theirs, before, days, number)
    rows = tuple(line.row(one) for one in mine)
    notes = (_why_left_out(),) if len(alike) < len(all_draws) else ()
    in_words = _against_in_words(view, choices)
    here = _here(view, choices)
    return Sight(view, rows, tuple(alike), in_words, rows[-1].verdict, before, notes, days, counts, here)


@dataclass(frozen=True)
class _Line:
    """Numbers through time, each beside that of another area, or of another period."""

    view: View
    counts: Counting
    mine: Mapping[Period, Number]
    theirs: Mapping[Period, Number]
    before: Period | None
    days: Mapping[Period, int]
    candidates: int

    def row(self, period: Period) -> Row:
        """The row of one period."""
        one, beside = self.mine[period], self._beside(period)
        other = self.theirs.get(period) if beside is None else self.mine[beside]
        view, days = self.view, self.days.get(period, 0)
        areas = (view.area, view.against if view.against_area else view.area)
        verdict = verdict_of(one, other, self.counts, areas, view.area, self.candidates) if other else None
        return Row(
            {"periode": str(period)}, str(period), period_in_words(period), "", one, other, verdict, days,
            self.counts.factor(view.area, view.area) or Fraction(1),
            beside, beside is None or days == self.days.get(beside, 0),
        )  # fmt: skip

    def _beside(self, period: Period) -> Period | None:
        """The one that was chosen; without a choice the one that lies as far before it as that of the view does."""
        if self.before is None or self.view.against_period is not None:
            return self.before if period != self.before else None
        is_a_year = self.before == _year_before(self.view.period)
        beside = _year_before(period) if is_a_year else _just_before(period, self.mine)
        return beside if beside in self.mine else None


def _candidates(view: View, choices: Choices, counts: Counting, of: Sequence[Draw]) -> int:
    """From how many differences this one was chosen: as many as the list had that the address names."""
    chosen = choices.list_of(view.area, view.category, view.chosen) if view.chosen else None
    if chosen is None:
        return 1
    by, around = chosen
    listed = replace(view, by=by, area=around) if by in AREAS else replace(view, by=by, category=around)
    answer = Answer(Question((view.period,), choices.where(listed), (by,)), of)
    places = [(_place(by, value, counts) if by in AREAS else view.area) for _draw, (value,) in answer.keys]
    return sum(counts.factor(place, view.area) is not None for place in places)


def _numbers(
    draws_shown: Sequence[Draw], view: View, choices: Choices, counts: Counting, area: str
) -> dict[Period, Number]:
    """A number for each period, of one area."""
    if counts.factor(area, view.area) is None:
        raise CannotAnswer({"maat": ("unknown", unknown_divisor())})
    question = Question(tuple(one.drawn.period for one in draws_shown), choices.where(view, area), (), by_period=True)
    answer = Answer(question, draws_shown)
    quantities = [figure.quantity for figure in answer.figures(answer.keys)]
    pairs = zip(question.periods, quantities, strict=True)
    rates = ((period, counts.count(quantity, area, view.area), quantity) for period, quantity in pairs)
    return {period: Number(rate, quantity) for period, rate, quantity in rates if rate is not None}


def _is_alike(one: Draw, last: Draw, view: View, choices: Choices) -> bool:
    """Whether what is counted in one period means the same in the last one."""
    if (view.area or view.against_area) and one.year.fixed.vintage != last.year.fixed.vintage:
        return False
    where = choices.where(view)
    return all(value in one.year.grid.within[dimension] for dimension, values in where.items() for value in values)


def _earlier(periods: Sequence[Period], view: View) -> Period | None:
    """The same period a year before, and without it the one before; None for the first."""
    year_before = _year_before(view.period)
    return year_before if year_before in periods else _just_before(view.period, periods)


def _year_before(period: Period) -> Period:
    return Period(period.year - 1, period.kind, period.number)


def _just_before(period: Period, periods: Iterable[Period]) -> Period | None:
    """The last published one before it."""
    return max((one for one in periods if one < period), default=None)


def verdict_of(
    one: Number, other: Number, counts: Counting, areas: tuple[str, str], without: str, candidates: int = 1
) -> Verdict:
    """What the difference of two numbers tells. CannotAnswer when one holds the other."""
    factors = [counts.factor(area, without) or Fraction(1) for area in areas]
    try:
        difference = one.quantity - other.quantity
    except SharedNoiseError as error:
        words = _("The two sides overlap. Compare a part with the rest instead of with the whole.")
        raise CannotAnswer({"met": ("overlap", words)}) from error
    return Verdict(one.quantity, other.quantity, difference, candidates, (factors[0], factors[1]))


def _side_by_side(shelf: Shelf, view: View, choices: Choices, counts: Counting, registration: Registration) -> Sight:
    other = view.against_period
    all_draws = shelf.draws([view.period] if other is None else [other, view.period])
    here = all_draws[-1]
    mine = _by_key(here, view, choices, counts, view.area)
    theirs: dict[str, Number | None] = {}
    if other is not None:
        if not keys_alike(all_draws[0], here, view):
            raise CannotAnswer({"met": ("unlike_borders", _why_left_out())})
        theirs = _by_key(all_draws[0], view, choices, counts, view.area)
    elif view.against_area:
        theirs = _by_key(here, view, choices, counts, view.against)
    days = missing_days(registration, [one.drawn.period for one in all_draws])
    is_like = other is None or days.get(other, 0) == days.get(view.period, 0)
    rows = tuple(replace(row, beside=other, is_like=is_like) for row in _rows(view, here, counts, mine, theirs))
    first = rows[0] if rows and theirs else None
    verdict = first.verdict if first else _of_the_top(rows, view, counts)
    if view.by is Dimension.HANDLING_TIME:  # they follow one another, and none stands on top
        verdict = None
    theirs_in_words = _against_in_words(view, choices)
    here_in_words = _here(view, choices)
    return Sight(
        view, rows, tuple(all_draws), theirs_in_words, verdict, missing_days=days, counts=counts, here=here_in_words
    )


def _by_key(draw: Draw, view: View, choices: Choices, counts: Counting, area: str) -> dict[str, Number | None]:
    """A number for each key, None where it is not known by what to divide it."""
    by = view.by
    if by is None:
        return {}
    where = choices.where(view, area)
    answer = Answer(Question((draw.drawn.period,), where, (by,)), [draw])
    numbers: dict[str, Number | None] = {}
    for (_draw, values), figure in zip(answer.keys, answer.figures(answer.keys), strict=True):
        place, quantity = _place(by, values[0], counts) if by in AREAS else area, figure.quantity
        rate = counts.count(quantity, place, view.area)
        numbers[values[0]] = None if rate is None else Number(rate, quantity)
    return numbers


def _place(by: Dimension, code: str, counts: Counting) -> str:
    """The gemeente stands in for the wijk of what lies in none: nobody knows how many live there."""
    return REST if by is Dimension.WIJK and code == counts.gemeente else code


def _rows(
    view: View,
    draw: Draw,
    counts: Counting,
    mine: dict[str, Number | None],
    theirs: dict[str, Number | None],
) -> tuple[Row, ...]:
    """The largest first, compared the largest difference; what is unknown, and rest values, last."""
    if view.by is None:
        return ()
    words, by = Words(draw.year.fixed), view.by
    number = sum(1 for key in mine if mine[key] and theirs.get(key))
    rows = []
    for key, one in mine.items():
        other = theirs.get(key)
        areas = (key, key) if by in AREAS else (view.area, view.against if view.against_area else view.area)
        verdict = verdict_of(one, other, counts, areas, view.area, number) if one and other else None
        cells = draw.year.names.cell(by, key)
        rows.append(Row(cells, key, words.name(by, key), words.within(by, key), one, other, verdict))
    return tuple(rows if by is Dimension.HANDLING_TIME else sorted(rows, key=_order))


def _order(row: Row) -> tuple[bool, bool, float]:
    if row.verdict is not None:
        return row.is_rest, False, -abs(float(row.verdict.difference.value))
    return row.is_rest, row.mine is None, -float(row.mine.quantity.estimate) if row.mine else 0.0


def _of_the_top(rows: Sequence[Row], view: View, counts: Counting) -> Verdict | None:
    """Whether the highest differs from the next: it was chosen from all, and pays for that."""
    with_number = [row for row in rows if row.mine is not None and not row.is_rest]
    if len(with_number) < 2 or with_number[0].mine is None or with_number[1].mine is None:
        return None
    areas = (with_number[0].key, with_number[1].key) if view.by in AREAS else (view.area, view.area)
    return verdict_of(with_number[0].mine, with_number[1].mine, counts, areas, view.area, len(with_number))


def keys_alike(one: Draw, other: Draw, view: View) -> bool:
    """Whether the rows of a view mean the same in two draws."""
    by = view.by
    needs_borders = bool(view.area) or by in AREAS
    if needs_borders and one.year.fixed.vintage != other.year.fixed.vintage:
        return False
    return by is None or one.year.grid.values(by) == other.year.grid.values(by)


def _here(view: View, choices: Choices) -> str:
    return Words(choices.year.fixed).name(choices.areas[view.area], view.area) if view.area else ""


def _against_in_words(view: View, choices: Choices) -> str:
    if view.against == REST_OF_TOWN:
        return _("the rest of the town")
    other = view.against_period
    if other is not None:
        return period_in_words(other)
    return Words(choices.year.fixed).name(choices.areas[view.against], view.against) if view.against else ""


def is_known(sight: Sight) -> bool:
    """Whether at least half of its areas have a number: of the others it is not known who lives there."""
    areas = [row for row in sight.rows if not row.is_rest]
    return 2 * sum(row.mine is not None for row in areas) >= len(areas) > 0


def _why_left_out() -> str:
    return _("Borders or subjects changed between the years. Earlier figures do not mean the same, and are left out.")


__all__ = ["MOST_PERIODS", "Number", "Row", "Sight", "is_known", "keys_alike", "see", "verdict_of"]
