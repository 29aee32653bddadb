"""From what a view shows to its pictures, with numbers as the reader writes them."""

from collections.abc import Callable, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from analytics import grid
from meldingen.tenancy.models import Municipality
from opendata.disclosure import Period, PeriodKind
from opendata.disclosure.tables import AREAS
from opendata.figures.finding import bounds_in_words
from opendata.figures.seeing import Number, Row, Sight
from opendata.figures.verdict import rounded, shown
from opendata.figures.view import Measure
from opendata.memory import Memory
from opendata.pictures.bars import Bar, BarPicture, bars, on_paper
from opendata.pictures.choropleth import Choropleth, Colouring, choropleth
from opendata.pictures.line import Frame, LinePicture, Point, line
from opendata.pictures.outlines import Outlines, outlines

_MOST_IN_MEMORY = 16  # shapes of a town: some tens of kilobytes
_shapes: Memory[tuple[int, str, int], Outlines] = Memory(_MOST_IN_MEMORY)


def line_of(sight: Sight, frame: Frame) -> LinePicture | None:
    """The line of a view through time, and of what it is compared with; None where there is no number."""
    mine = [point for row in sight.rows if (point := _point(row, row.mine))]
    theirs = [point for row in sight.rows if sight.view.against_area and (point := _point(row, row.theirs))]
    if not mine:
        return None
    marks = [_place(sight.view.period)] + ([_place(sight.earlier)] if sight.earlier else [])
    return line([one for one in (mine, theirs) if one], frame, _say(sight), marks)


def bars_of(sight: Sight) -> list[Bar | None]:
    """A bar for each row, on one scale."""
    return bars([_numbers(row.mine) for row in sight.rows])


def paper_bars_of(sight: Sight) -> BarPicture:
    """The bars with their names, as one picture."""
    pairs = zip(sight.rows, bars_of(sight), strict=True)
    return on_paper(
        [(bar, row.name, number_in_words(row.mine), bool(row.mine and row.mine.is_quiet)) for row, bar in pairs]
    )


def map_of(municipality: Municipality, sight: Sight) -> Choropleth | None:
    """The rows on the map of their year; None where they are no areas."""
    if sight.view.by not in AREAS or not sight.draws:
        return None
    year = sight.draws[-1].year.fixed.year
    areas = [
        Colouring(
            row.key,
            row.name,
            None if row.mine is None else float(row.mine.quantity.estimate),
            number_in_words(row.mine),
            bool(row.mine and row.mine.is_quiet),
            *((float(row.mine.interval.lower), float(row.mine.interval.upper)) if row.mine else (None, None)),
        )
        for row in sight.rows
    ]
    words = {
        "quiet": _("too uncertain for a colour"),
        "unknown": _("no number"),
        "between": _("%(lower)s to under %(upper)s"),
        "from": _("%(lower)s or more"),
    }
    return choropleth(shapes(municipality, year), areas, _say(sight), words, sight.view.area)


def shapes(municipality: Municipality, year: int) -> Outlines:
    """The borders of a year as shapes. A grid never changes, so they are made once."""
    key = (municipality.pk, municipality.code, year)
    return _shapes.get_or_make(key, lambda: outlines(grid.borders(municipality, year)))


def number_in_words(number: Number | None) -> str:
    """ "36 (28 to 44)"."""
    return "–" if number is None else f"{shown(number.quantity)} ({bounds_in_words(number)})"


def _say(sight: Sight) -> Callable[[float], str]:
    digits = 0 if sight.view.measure is Measure.COUNT else 1

    def say(number: float) -> str:
        return rounded(number, 0 if float(number).is_integer() else digits)

    return say


def _point(row: Row, number: Number | None) -> Point | None:
    if number is None:
        return None
    period, interval = Period.parse(row.key), number.interval
    value = float(number.quantity.estimate)
    return Point(_place(period), _short(period), value, float(interval.lower), float(interval.upper))


def _numbers(number: Number | None) -> tuple[float, float, float] | None:
    if number is None:
        return None
    interval = number.interval
    return float(interval.estimate), float(interval.lower), float(interval.upper)


def _place(period: Period) -> int:
    return period.year * (12 // period.kind.months) + period.number


def _short(period: Period) -> str:
    """Below an axis."""
    return date_format(period.first_day, "M Y") if period.kind is PeriodKind.MONTH else str(period)


__all__: Sequence[str] = ["bars_of", "line_of", "map_of", "number_in_words", "paper_bars_of", "shapes"]
