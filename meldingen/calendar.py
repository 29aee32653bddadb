"""Days, months and working days as the municipality lives them. Pure: time zones in, aware datetimes out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    def __post_init__(self) -> None:
        date(self.year, self.month, 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read YYYY-MM; ValueError when it is something else."""
        parsed = datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC)
        return cls(parsed.year, parsed.month)

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month in which `day` lies."""
        return cls(day.year, day.month)

    def next(self) -> "Month":
        """The month after this one."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    def previous(self) -> "Month":
        """The month before this one."""
        return Month(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)


def start_of_day(day: date, zone: str) -> datetime:
    """The first moment of a local day, in UTC. Exact on the days that have 23 or 25 hours."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def month_bounds(month: Month, zone: str) -> tuple[datetime, datetime]:
    """First moment of the local month and first moment after it, both in UTC."""
    return start_of_day(month.first_day(), zone), start_of_day(month.next().first_day(), zone)


def local_day(moment: datetime, zone: str) -> date:
    """The local day of an aware moment. ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("naive datetime")
    return moment.astimezone(ZoneInfo(zone)).date()


def end_of_working_day(moment: datetime, days: int, zone: str) -> datetime:
    """The last moment of the local day that lies `days` working days (Monday to Friday) after `moment`, in UTC."""
    day = local_day(moment, zone)
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return start_of_day(day + timedelta(days=1), zone) - timedelta(seconds=1)
