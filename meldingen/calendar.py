"""Days and working days as the municipality lives them. Pure: time zones in, aware datetimes out."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


def start_of_day(day: date, zone: str) -> datetime:
    """The first moment of a local day, in UTC. Exact on the days that have 23 or 25 hours."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


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
