"""Days and times as former systems write them: ISO 8601, and in the form that the operator names."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from meldingen.calendar import end_of_day, start_of_day
from meldingen.files.reading import BrokenFile

_ISO_DAY = re.compile(r"\d{4}-?\d\d-?\d\d|\d{4}-?W\d\d-?\d", re.ASCII)
_FORM = re.compile(r"([dmYy])[-/. ]([dmYy])[-/. ]([dmYy])")
_PARTS = {"d": r"(?P<d>\d{1,2})", "m": r"(?P<m>\d{1,2})", "Y": r"(?P<Y>\d{4})", "y": r"(?P<Y>\d\d)"}
_CLOCK = r"(?:[T, ]+(?P<H>\d{1,2})[:.](?P<M>\d\d)(?:[:.](?P<S>\d\d)(?:[.,]\d+)?)?)?"


def form_of(order: str) -> re.Pattern[str]:
    """What d-m-Y and the like stand for: day, month and year (y: its last two digits), behind which a time may follow.

    Raises BrokenFile, which says what is expected.
    """
    match = _FORM.fullmatch(order)
    if not match or sorted("".join(match.groups()).lower()) != ["d", "m", "y"]:
        raise BrokenFile(
            _("--dates expects the order of day (d), month (m) and year (Y, or y for two digits), as in d-m-Y.")
        )
    return re.compile("".join(_PARTS.get(sign) or re.escape(sign) for sign in order) + _CLOCK, re.ASCII)


@dataclass(frozen=True)
class Moments:
    """Reads what a file says in a time zone: in `form` where it fits, else in ISO 8601, which has the year in front."""

    zone: str
    now: datetime
    form: re.Pattern[str] | None = None

    def begins(self, value: str) -> list[datetime]:
        """The moments in UTC that a cell may mean, likeliest first; a day means its first. ValueError for none."""
        moment = self._read(value)
        return self._readings(moment) if isinstance(moment, datetime) else [start_of_day(moment, self.zone)]

    def ends(self, value: str) -> list[datetime]:
        """The same of an end: a day means its last second, and midnight may be how a system writes a day."""
        moment = self._read(value)
        if not isinstance(moment, datetime):
            return [self._last_second(moment)]
        whole_day = moment.tzinfo is None and moment.time() == time()
        return self._readings(moment) + ([self._last_second(moment.date())] if whole_day else [])

    def through(self, value: str) -> datetime:
        """The same of a term, which may lie ahead: a day means its end."""
        moment = self._read(value)
        return self._readings(moment)[0] if isinstance(moment, datetime) else end_of_day(moment, self.zone)

    def _last_second(self, day: date) -> datetime:
        last = start_of_day(day + timedelta(days=1), self.zone) - timedelta(seconds=1)
        # What ended today ended before now, whatever is left of the day.
        return min(last, self.now) if start_of_day(day, self.zone) <= self.now else last

    def _readings(self, moment: datetime) -> list[datetime]:
        """One moment; two for a local time that the clock shows twice, or never because it is put forward."""
        if moment.tzinfo:
            return [moment.astimezone(UTC)]
        zone = ZoneInfo(self.zone)
        return list(dict.fromkeys(moment.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)))

    def _read(self, value: str) -> date | datetime:
        if self.form and (match := self.form.fullmatch(value)):
            parts = {name: int(digits) for name, digits in match.groupdict().items() if digits is not None}
            year = parts["Y"] if len(match["Y"]) > 2 else 2000 + parts["Y"]
            if "H" not in parts:
                return date(year, parts["m"], parts["d"])
            clock = time(parts["H"], parts["M"], parts.get("S", 0))
            return datetime.combine(date(year, parts["m"], parts["d"]), clock)
        if _ISO_DAY.fullmatch(value):
            return date.fromisoformat(value)
        if not _ISO_DAY.match(value):  # Python takes a week for its Monday
            raise ValueError("no day")
        return datetime.fromisoformat(value)
