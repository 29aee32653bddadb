"""Periods and keys in words, in the language of the reader."""

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from analytics.grid import FixedGrid
from opendata.disclosure import REST, Dimension, Period, PeriodKind


def period_in_words(period: Period) -> str:
    """ "July 2026"."""
    match period.kind:
        case PeriodKind.MONTH:
            return date_format(period.first_day, "F Y")
        case PeriodKind.QUARTER:
            return _("quarter %(number)s of %(year)s") % {"number": period.number, "year": period.year}
        case PeriodKind.YEAR:
            return str(period.year)


class Words:
    """What the keys of one grid are called."""

    def __init__(self, grid: FixedGrid) -> None:
        is_english = (get_language() or "nl").startswith("en")
        self._areas = {(area.level, area.code): area for area in grid.areas}
        self._gemeente = grid.municipality
        self._categories = {one.slug: one.name_en if is_english else one.name_nl for one in grid.categories}
        self._mains = {one.main: one.main_en if is_english else one.main_nl for one in grid.categories}
        self._main_of = {one.slug: one.main for one in grid.categories}

    def name(self, dimension: Dimension, code: str) -> str:
        """What a value of a dimension is called."""
        if code == REST:
            return _("Other or unknown")
        match dimension:
            case Dimension.MAIN_CATEGORY:
                return self._mains[code]
            case Dimension.CATEGORY:
                return self._categories[code]
            case Dimension.WIJK | Dimension.BUURT if (str(dimension), code) in self._areas:
                return self._areas[str(dimension), code].name
            case _:
                return self._gemeente.name

    def within(self, dimension: Dimension, code: str) -> str:
        """What it lies in: a wijk, a main category; empty where that says nothing."""
        if code == REST:
            return ""
        match dimension:
            case Dimension.CATEGORY:
                main = self._mains[self._main_of[code]]
                return "" if main == self._categories[code] else main
            case Dimension.BUURT:
                around = self._areas.get(("wijk", self._areas["buurt", code].parent))
                return "" if around is None else around.name
            case _:
                return ""
