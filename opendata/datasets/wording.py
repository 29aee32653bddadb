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


def band_in_words(code: str) -> str:
    """How long handling took."""
    words = {
        "binnen-1-dag": _("within 1 day"),
        "binnen-3-dagen": _("in 1 to 3 days"),
        "binnen-1-week": _("in 3 days to 1 week"),
        "binnen-2-weken": _("in 1 to 2 weeks"),
        "binnen-8-weken": _("in 2 to 8 weeks"),
        "langer": _("in more than 8 weeks"),
        "nog-open": _("open still on 1 April after"),
    }
    return words.get(code, code)


def ages_in_words() -> dict[str, str]:
    """What the groups of ages of an area are called, by their names."""
    return {
        "p_00_14": _("0 to 14 years"),
        "p_15_24": _("15 to 24 years"),
        "p_25_44": _("25 to 44 years"),
        "p_45_64": _("45 to 64 years"),
        "p_65_plus": _("65 years and older"),
    }


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
            case Dimension.HANDLING_TIME:
                return band_in_words(code)
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
