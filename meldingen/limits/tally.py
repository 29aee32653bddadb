"""How often something happens, and nothing more: a number for each name and week, in Redis, for a few months."""

from collections.abc import Sequence
from datetime import date, timedelta

from meldingen.limits import counting

SECONDS_KEPT = 120 * 24 * 3600


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def add(name: str, day: date, number: int = 1) -> None:
    """So many more of this name in the week of this day. When Redis is away they are not counted."""
    counting.add(counting.key_of("tally", name, str(monday(day))), SECONDS_KEPT, number)


def of_weeks(name: str, last: date, number: int) -> Sequence[tuple[date, int]]:
    """The Mondays of so many weeks, the last first, each with how often."""
    mondays = [monday(last) - timedelta(weeks=back) for back in range(number)]
    keys = [counting.key_of("tally", name, str(one)) for one in mondays]
    return list(zip(mondays, counting.numbers(*keys), strict=True))
