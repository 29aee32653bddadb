"""Bars with their intervals, in hundredths of the width: for a list, for the cell of a table, and for paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from opendata.pictures.scale import ticks


@dataclass(frozen=True)
class Bar:
    """How far a bar goes, and from where to where its interval, of a width of 100."""

    value: float
    lower: float
    upper: float

    @property
    def across(self) -> float:
        """How wide the interval is."""
        return round(self.upper - self.lower, 2)


@dataclass(frozen=True)
class Standing:
    """A bar with its words and its place in a picture for paper."""

    bar: Bar | None
    name: str
    words: str
    y: int
    is_quiet: bool


@dataclass(frozen=True)
class BarPicture:
    """Bars below each other. Widths are hundredths of `across`, from `left` on."""

    rows: tuple[Standing, ...]
    height: int
    width: int = 760
    left: int = 270
    across: int = 330


ROW = 28


def bars(numbers: Sequence[tuple[float, float, float] | None]) -> list[Bar | None]:
    """Value, lower and upper bound of each, on one scale; None where there is no number."""
    most = ticks(max((upper for _value, _lower, upper in filter(None, numbers)), default=1))[-1]

    def of(number: float) -> float:
        return round(max(number, 0) / most * 100, 2)

    return [None if one is None else Bar(*map(of, one)) for one in numbers]


def on_paper(rows: Sequence[tuple[Bar | None, str, str, bool]]) -> BarPicture:
    """The picture of bars with their names and numbers."""
    standing = tuple(
        Standing(bar, _cut(name), words, place * ROW, quiet) for place, (bar, name, words, quiet) in enumerate(rows)
    )
    return BarPicture(standing, len(rows) * ROW)


def _cut(name: str, most: int = 34) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
