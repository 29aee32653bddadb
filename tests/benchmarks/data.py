"""Open data against its goals: a month published with all files, its cells beside the bare GROUP BY, a picture."""

import statistics
import time
from collections.abc import Callable, Iterator

from django.db import connection
from django.template.loader import render_to_string

from analytics import grid
from meldingen.tenancy.models import Municipality
from opendata import releases
from opendata.disclosure import Period
from opendata.pictures.line import WIDE, Point, line
from opendata.portal.paper import paper
from tests.benchmarks.seed import fill

MANY = 400_000  # a year
TIMES, BUURTEN = 15, 31
RAW = """
SELECT buurt_id, category_id, count(*) FROM meldingen_melding
WHERE municipality_id = %s AND received_at >= %s AND received_at < %s GROUP BY 1, 2"""
HEADER = "| open data | took | goal |\n|---|---|---|\n"


def goals(municipality: Municipality, months: list[Period], more: int = MANY) -> Iterator[str]:
    """A row for each goal. Of the months, oldest first, the two newest are published: the one before it among so many
    more of one year.
    """
    yield HEADER
    yield _row("a month published with all files", _seconds(lambda: _publish(municipality, months[-1])), "s", 2)
    fill(municipality, more, 1)
    what = f"the same among {more:,} more of one year"
    yield _row(what, _seconds(lambda: _publish(municipality, months[-2])), "s", 10)
    yield _cells(municipality, months[-2])
    yield _picture()


def _row(what: str, took: float, unit: str, goal: float) -> str:
    mark = "" if took <= goal else "  **more than it may be**"
    return f"| {what} | {took:.1f} {unit}{mark} | {goal:g} {unit} |\n"


def _publish(municipality: Municipality, month: Period) -> None:
    if not releases.publish(municipality, month):
        raise AssertionError(f"{month}: nothing was published")


def _cells(municipality: Municipality, month: Period) -> str:
    """The cells of a month as many times the bare GROUP BY of the same rows."""
    fixed, first, after = grid.fix(municipality, month.year), month.first_day, month.day_after
    ours = _median(lambda: grid.count(fixed, first, after))

    def raw() -> None:
        with connection.cursor() as cursor:
            cursor.execute(RAW, [municipality.pk, first, after])
            cursor.fetchall()

    return _row("cells of a month : the bare GROUP BY", ours / _median(raw), "times", 2)


def _picture() -> str:
    """Every buurt of a town through a year, as one picture with its words."""
    points = [[Point(n, f"m{n}", n + one, n + one - 1.0, n + one + 1.0) for n in range(12)] for one in range(BUURTEN)]

    def draw() -> None:
        picture = line(points, WIDE, lambda number: f"{number:g}", [1])
        render_to_string("opendata/pictures/paper.svg", {"line": picture, "paper": paper("Meldingen", [], [], picture)})

    return _row(f"SVG of a year and {BUURTEN} buurten", _median(draw) * 1000, "ms", 30)


def _median(work: Callable[[], object]) -> float:
    work()
    return statistics.median(_seconds(work) for _time in range(TIMES))


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
