"""Months, quarters and years; a period lies within one calendar year, the municipality's local one."""

from __future__ import annotations

import datetime
import enum
import re
from dataclasses import dataclass

from opendata.disclosure.errors import InvalidPeriodError


class PeriodKind(enum.StrEnum):
    """How long the period of a table is."""

    MONTH = "maand"
    QUARTER = "kwartaal"
    YEAR = "jaar"

    @property
    def months(self) -> int:
        """The number of months in such a period."""
        return {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}[self]

    @property
    def coarser(self) -> PeriodKind | None:
        """The next longer kind, or None after the year."""
        return {PeriodKind.MONTH: PeriodKind.QUARTER, PeriodKind.QUARTER: PeriodKind.YEAR, PeriodKind.YEAR: None}[self]


_SPELLING = re.compile(r"^(?P<year>[0-9]{4})(-(?P<quarter>Q)?(?P<number>[0-9]{1,2}))?$")


@dataclass(frozen=True, order=True)
class Period:
    """The `number`-th month (1-12), quarter (1-4) or year (always 1) of `year`. Written 2026-03, 2026-Q1 and 2026."""

    year: int
    kind: PeriodKind
    number: int = 1

    def __post_init__(self) -> None:
        if not isinstance(self.kind, PeriodKind):
            raise InvalidPeriodError(f"{self.kind!r} is no kind of period")
        if not 1 <= self.number <= 12 // self.kind.months or not 1900 <= self.year <= 9998:
            raise InvalidPeriodError(f"there is no {self.kind} {self.number} of {self.year}")

    @classmethod
    def month(cls, year: int, number: int) -> Period:
        return cls(year, PeriodKind.MONTH, number)

    @classmethod
    def quarter(cls, year: int, number: int) -> Period:
        return cls(year, PeriodKind.QUARTER, number)

    @classmethod
    def whole_year(cls, year: int) -> Period:
        return cls(year, PeriodKind.YEAR)

    @classmethod
    def all_of(cls, year: int, kind: PeriodKind) -> tuple[Period, ...]:
        """The periods of this kind in a year, in order."""
        return tuple(cls(year, kind, number) for number in range(1, PeriodKind.YEAR.months // kind.months + 1))

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period that `str()` writes; InvalidPeriodError for anything else."""
        match = _SPELLING.match(text)
        if not match:
            raise InvalidPeriodError("a period is written 2026-03, 2026-Q1 or 2026")
        year = int(match["year"])
        if match["number"] is None:
            return cls.whole_year(year)
        period = cls(year, PeriodKind.QUARTER if match["quarter"] else PeriodKind.MONTH, int(match["number"]))
        if str(period) != text:
            raise InvalidPeriodError("a period is written 2026-03, 2026-Q1 or 2026")
        return period

    def __str__(self) -> str:
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.year}-{self.number:02}"
            case PeriodKind.QUARTER:
                return f"{self.year}-Q{self.number}"
            case PeriodKind.YEAR:
                return str(self.year)

    @property
    def months(self) -> tuple[Period, ...]:
        """The months that the period consists of, in order."""
        first = (self.number - 1) * self.kind.months + 1
        return tuple(Period.month(self.year, number) for number in range(first, first + self.kind.months))

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, self.months[0].number, 1)

    @property
    def draw_day(self) -> datetime.date:
        """The first day on which the period may be drawn: the day after it, and for a year the first of April, when
        what was corrected or came in late is in."""
        return datetime.date(self.year + 1, 4, 1) if self.kind is PeriodKind.YEAR else self.day_after

    @property
    def day_after(self) -> datetime.date:
        """The first day that no longer belongs to the period."""
        last = self.months[-1].number
        return datetime.date(self.year + last // 12, last % 12 + 1, 1)
