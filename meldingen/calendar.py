"""Days, working days and terms as a municipality lives them. Pure: time zones and days off in, aware moments out."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

SATURDAY = 5


class Unit(StrEnum):
    """What a service level is counted in."""

    HOURS = "hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """Within how much time a melding is handled. Hours go by the clock, also at night and on days off; days are whole
    local days, that of receipt not counted.
    """

    amount: int
    unit: Unit = Unit.WORKING_DAYS


def start_of_day(day: date, zone: str) -> datetime:
    """The first moment of a local day, in UTC. Exact on the days that have 23 or 25 hours."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def end_of_day(day: date, zone: str) -> datetime:
    """The last second of a local day, in UTC."""
    return start_of_day(day + timedelta(days=1), zone) - timedelta(seconds=1)


def local_day(moment: datetime, zone: str) -> date:
    """The local day of an aware moment. ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("naive datetime")
    return moment.astimezone(ZoneInfo(zone)).date()


def end_of_term(since: datetime, level: ServiceLevel, zone: str, days_off: Container[date]) -> datetime:
    """The moment by which what came in at `since` is to be handled, in UTC."""
    if level.unit == Unit.HOURS:
        return since.astimezone(UTC) + timedelta(hours=level.amount)
    day = local_day(since, zone)
    if level.unit == Unit.CALENDAR_DAYS:
        return end_of_day(day + timedelta(days=level.amount), zone)
    return end_of_day(_working_day(day, level.amount, days_off), zone)


def _working_day(day: date, days: int, days_off: Container[date]) -> date:
    """The day that lies `days` working days after `day`: Monday to Friday, but for days off. None is the day itself,
    or the first after it on which somebody works.
    """

    def is_worked(day: date) -> bool:
        return day.weekday() < SATURDAY and day not in days_off

    while days > 0 or not is_worked(day):
        day += timedelta(days=1)
        days -= is_worked(day)
    return day
