"""The days off of a municipality: a term in working days passes over them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from holidays import country_holidays

from meldingen.tenancy.models import Holiday, Municipality

LUSTRUM = 5
# How python-holidays calls them, in lower case.
_NAMES: Mapping[str, tuple[str, ...]] = {
    Holiday.NEW_YEAR: ("nieuwjaarsdag",),
    Holiday.GOOD_FRIDAY: ("goede vrijdag",),
    Holiday.EASTER_MONDAY: ("tweede paasdag",),
    Holiday.KINGS_DAY: ("koningsdag",),
    Holiday.LIBERATION_DAY: ("bevrijdingsdag",),
    Holiday.ASCENSION_DAY: ("hemelvaartsdag",),
    Holiday.WHIT_MONDAY: ("tweede pinksterdag",),
    Holiday.CHRISTMAS: ("eerste kerstdag", "tweede kerstdag"),
}


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Whether nobody works on a day: `day in days_off`. Weekends are not asked."""

    holidays: frozenset[str]
    closing_days: frozenset[date]

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return day in self.closing_days or not self.holidays.isdisjoint(_holidays(day.year).get(day, ()))


def read_days_off(municipality_id: int) -> DaysOff:
    """Those of a municipality; one query."""
    rows = list(Municipality.objects.filter(pk=municipality_id).values_list("holidays", "closing_days__day"))
    holidays = rows[0][0] if rows else ()
    return DaysOff(frozenset(holidays), frozenset(day for _holidays, day in rows if day))


@cache
def _holidays(year: int) -> Mapping[date, frozenset[str]]:
    """What each holiday of the Netherlands in a year is; two may fall on one day."""
    holidays = country_holidays("NL", categories=("public", "optional"), language="nl", years=year)
    return {day: _codes(year, {name.casefold() for name in holidays.get_list(day)}) for day in holidays}


def _codes(year: int, names: set[str]) -> frozenset[str]:
    codes = frozenset(code for code, own in _NAMES.items() if names.intersection(own))
    is_lustrum = Holiday.LIBERATION_DAY in codes and year % LUSTRUM == 0
    return codes | {Holiday.LIBERATION_LUSTRUM} if is_lustrum else codes
