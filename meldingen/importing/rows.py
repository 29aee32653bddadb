"""One row of somebody's former system as a melding, or the reason why it is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from meldingen.calendar import start_of_day
from meldingen.importing.files import Line
from meldingen.models import Category

# What a melding can take from a file, and the column in which it is looked for unless the caller says otherwise.
FIELDS: Mapping[str, str] = {
    "id": "id",
    "received_at": "gemeld_op",
    "main": "hoofdcategorie_slug",
    "category": "categorie_slug",
    "longitude": "longitude",
    "latitude": "latitude",
    "closed_at": "afgehandeld_op",
    "text": "tekst",
}
REQUIRED = ("id", "received_at", "category", "longitude", "latitude")
LONGEST_TEXT = 20_000


class Rejected(Exception):
    """This row is not imported. `column` is the file's name for what is wrong, `reason` says it in words."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


@dataclass(frozen=True)
class Row:
    """What one row says, checked; its place is not yet known to lie in a buurt."""

    line: int
    cells: Mapping[str, str]
    external_id: str
    received_at: datetime
    closed_at: datetime | None
    category: Category
    longitude: float
    latitude: float
    text: str


@dataclass(frozen=True)
class Reader:
    """Reads rows of one file: which column holds what, which categories there are, in which zone naive times are."""

    columns: Mapping[str, str]
    categories: Mapping[tuple[str, str], Category]
    zone: str
    now: datetime

    def read(self, line: Line) -> Row:
        """The row, or Rejected with column and reason."""
        if line.wrong:
            raise Rejected(line.column, line.wrong)
        cells = line.cells
        received_at = self._moment(cells, "received_at", end_of_day=False)
        if received_at is None or received_at > self.now:
            raise self._rejected("received_at", _("no moment in the past"))
        closed_at = self._moment(cells, "closed_at", end_of_day=True)
        if closed_at is not None and not received_at <= closed_at <= self.now:
            raise self._rejected("closed_at", _("before it was received, or in the future"))
        return Row(
            line=line.number,
            cells=cells,
            external_id=self._identity(cells),
            received_at=received_at,
            closed_at=closed_at,
            category=self._category(cells),
            longitude=self._degrees(cells, "longitude", 180),
            latitude=self._degrees(cells, "latitude", 90),
            text=self._text(cells),
        )

    def _cell(self, cells: Mapping[str, str], field: str) -> str:
        return cells.get(self.columns.get(field, ""), "").strip()

    def _rejected(self, field: str, reason: str) -> Rejected:
        return Rejected(self.columns.get(field, field), reason)

    def _identity(self, cells: Mapping[str, str]) -> str:
        value = self._cell(cells, "id")
        if not value or len(value) > 64 or "\0" in value:
            raise self._rejected("id", _("empty or longer than 64 characters"))
        return value

    def _moment(self, cells: Mapping[str, str], field: str, *, end_of_day: bool) -> datetime | None:
        value = self._cell(cells, field)
        if not value:
            return None
        try:
            if len(value) == len("2026-01-31"):
                return self._of_day(date.fromisoformat(value), end_of_day=end_of_day)
            moment = datetime.fromisoformat(value)
            zoned = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(self.zone))
            return zoned.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise self._rejected(field, _("not a date or time as in 2026-01-31T12:00:00+01:00")) from error

    def _of_day(self, day: date, *, end_of_day: bool) -> datetime:
        begin = start_of_day(day, self.zone)
        if not end_of_day or begin > self.now:
            return begin
        # Something closed today was closed before now, whatever is left of the day.
        return min(start_of_day(day + timedelta(days=1), self.zone) - timedelta(seconds=1), self.now)

    def _category(self, cells: Mapping[str, str]) -> Category:
        slug, main = self._cell(cells, "category"), self._cell(cells, "main")
        found = self.categories.get((main, slug)) or self.categories.get(("", slug))
        if found is None:
            raise self._rejected("category", _("category “%(slug)s” is not known") % {"slug": slug[:60]})
        return found

    def _degrees(self, cells: Mapping[str, str], field: str, most: int) -> float:
        try:
            value = float(self._cell(cells, field).replace(",", "."))
        except ValueError as error:
            raise self._rejected(field, _("not a number of degrees")) from error
        if not abs(value) <= most:
            raise self._rejected(field, _("not a number of degrees"))
        return value

    def _text(self, cells: Mapping[str, str]) -> str:
        value = self._cell(cells, "text")
        if len(value) > LONGEST_TEXT or "\0" in value:
            raise self._rejected("text", _("longer than %(most)d characters, or not text") % {"most": LONGEST_TEXT})
        return value
