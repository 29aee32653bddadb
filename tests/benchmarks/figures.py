"""The figures of docs/privacy.md, measured on invented towns with the real draw.

    python -m tests.benchmarks.figures [file]

prints them, or writes them into `file` between its two markers. Takes some minutes. The towns are invented and their
reports are Poisson numbers around a fixed pattern; only the noise is the real one.
"""

from __future__ import annotations

import datetime
import math
import pathlib
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from opendata.disclosure.grid import BANDS, Area, Category, Grid, Key
from opendata.disclosure.mechanism import draw
from opendata.disclosure.offer import MAX_ERROR, Offer, expected_error, offer
from opendata.disclosure.periods import Period
from opendata.disclosure.sampler import discrete_laplace
from opendata.disclosure.tables import MONTHLY, YEARLY, Table

START, END = "<!-- figures: made by `python -m tests.benchmarks.figures` -->", "<!-- end of figures -->"
YEAR = 2026
ONE = Fraction(1)
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Town:
    """An invented municipality: meldingen a year, wijken, buurten per wijk, main categories, categories in each."""

    name: str
    volume: int
    wijken: int
    buurten: int
    mains: int
    categories: int
    rounds: int

    def grid(self) -> Grid:
        areas = [Area(f"BU{w:03}{b}", f"WK{w:03}", YEAR) for w in range(self.wijken) for b in range(self.buurten)]
        categories = [Category(f"c{m}-{c}", f"h{m}") for m in range(self.mains) for c in range(self.categories)]
        return Grid(YEAR, "GM0000", tuple(areas), tuple(categories))

    def pattern(self, grid: Grid) -> dict[Key, float]:
        """The expected number of each (buurt, category) in a year: a few have much, most have little."""
        areas = {area.code: 1 / (1 + number) ** 0.6 for number, area in enumerate(grid.areas[:-1])}
        # neither the busy buurten nor the common categories stand together in the grid of a real town
        order = np.random.default_rng(4).permutation(len(grid.categories) - 1)
        sorts = {grid.categories[int(one)].slug: 1 / (1 + rank) for rank, one in enumerate(order)}
        whole = sum(areas.values()) * sum(sorts.values())
        return {(a, c): self.volume * x * y / whole for a, x in areas.items() for c, y in sorts.items()}


TOWNS = (
    Town("3,000 a year (5 wijken, 25 buurten, 56 categories)", 3_000, 5, 5, 8, 7, 100),
    Town("15,000 a year (9 wijken, 54 buurten, 56 categories)", 15_000, 9, 6, 8, 7, 60),
    Town("400,000 a year (100 wijken, 500 buurten, 56 categories)", 400_000, 100, 5, 8, 7, 4),
)


COLUMNS = (
    *("table", "cells", "per period", "error of the draw", "clamped by cell", "estimate"),
    *("sum, clamped", "sum, estimate", "coverage", "offered as"),
)


@dataclass
class Measured:
    """What was seen of one table, added up over the rounds."""

    cells: int
    true: float = 0.0
    error_draw: float = 0.0
    error_estimate: float = 0.0
    error_clamped: float = 0.0
    bias_clamped: float = 0.0
    bias_estimate: float = 0.0
    covered: int = 0
    seen: int = 0


def measure(town: Town, tables: Sequence[Table], period: Period) -> dict[str, Measured]:
    """Draw `tables` as often as `town.rounds` says and compare what comes out with what went in."""
    grid, random = town.grid(), np.random.default_rng()
    pattern = town.pattern(grid)
    per_period = period.kind.months / 12
    found = {table.name: Measured(len(grid.keys(table.dimensions))) for table in tables}
    for _ in range(town.rounds):
        numbers = random.poisson([mean * per_period for mean in pattern.values()])
        bands = random.choice(BANDS, len(numbers))
        counts: dict[tuple[str | None, ...], int] = {
            (*key, str(band)): int(number) for key, number, band in zip(pattern, numbers, bands, strict=True)
        }
        drawn = draw(tables, grid, counts, ONE, period)
        for one in drawn.tables:
            true = np.array(grid.count(one.table, counts))
            cells = np.array([(c.trekking, c.schatting, c.ondergrens, c.bovengrens) for c in one.cells]).T
            _add(found[one.table.name], true, cells)
    return found


def _add(found: Measured, true: npt.NDArray[np.int64], cells: npt.NDArray[np.int64]) -> None:
    draws, estimates, lower, upper = cells
    clamped = np.maximum(0, draws)
    found.true += float(true.sum())
    found.error_draw += float(np.abs(draws - true).sum())
    found.error_estimate += float(np.abs(estimates - true).sum())
    found.error_clamped += float(np.abs(clamped - true).sum())
    found.bias_clamped += float((clamped - true).sum())
    found.bias_estimate += float((estimates - true).sum())
    found.covered += int(((lower <= true) & (true <= upper)).sum())
    found.seen += len(true)


def expected_after(prior: Numbers, draws: Numbers, epsilon: Fraction) -> Numbers:
    """The mean of each count given its draw, when it is Poisson around `prior`: what an empirical-Bayes estimate
    shows."""
    most = int(max(draws.max(), prior.max()) + 40)
    count = np.arange(most + 1)
    factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, most + 1)))])
    log = count[None, :] * np.log(np.maximum(prior, 1e-3))[:, None] - factorial[None, :]
    log = log - float(epsilon) * np.abs(draws[:, None] - count[None, :])
    weight = np.exp(log - log.max(1, keepdims=True))
    return np.asarray((weight * count).sum(1) / weight.sum(1))


def learnt_from_earlier(town: Town, table: Table, rounds: int = 30) -> tuple[float, float, float]:
    """(gain, part of a threefold spike that the draw shows, part that the empirical-Bayes estimate shows).

    The prior of each cell is the mean of its twelve earlier monthly draws, not below zero. Gain: the part of the
    error of the clamped draw that disappears. The spike is in the cells with an expected count of 3 to 30.
    """
    grid, random = town.grid(), np.random.default_rng()
    pattern = {key: mean / 12 for key, mean in town.pattern(grid).items()}
    mean = np.zeros(len(grid.keys(table.dimensions)))
    position = {key: number for number, key in enumerate(grid.keys(table.dimensions))}
    for key, number in pattern.items():
        mean[position[grid.place(table.dimensions, key)]] += number
    middle = (mean >= 3) & (mean <= 30)
    errors, spikes, shown = np.zeros(2), 0.0, np.zeros(2)
    for _ in range(rounds):
        earlier = [random.poisson(mean) + np.array(discrete_laplace(table.share, len(mean))) for _ in range(12)]
        prior = np.maximum(0, np.mean(earlier, axis=0))
        true = random.poisson(mean)
        draws = true + np.array(discrete_laplace(table.share, len(mean)))
        bayes = expected_after(prior, draws.astype(float), table.share)
        errors += np.abs(np.maximum(0, draws) - true).sum(), np.abs(bayes - true).sum()
        spiked = random.poisson(3 * mean)
        draws = spiked + np.array(discrete_laplace(table.share, len(mean)))
        bayes = expected_after(prior, draws.astype(float), table.share)
        spikes += float((spiked - mean)[middle].sum())
        shown += (draws - mean)[middle].sum(), (bayes - mean)[middle].sum()
    return 1 - errors[1] / errors[0], shown[0] / spikes, shown[1] / spikes


def percent(part: float) -> str:
    return f"{100 * part:.1f} %"


def lines_of(town: Town) -> Iterable[str]:
    """The table of one town in Markdown."""
    grid = town.grid()
    yield f"**{town.name}**\n"
    yield "| " + " | ".join(COLUMNS) + " |"
    yield "|---" * len(COLUMNS) + "|"
    for tables, period in ((MONTHLY, Period.month(YEAR, 3)), (YEARLY, Period.whole_year(YEAR))):
        measured = measure(town, tables, period)
        for table in tables:
            found = measured[table.name]
            answer = offer(table, grid, town.volume, ONE)
            form = f"{answer.table.name} per {answer.table.period_kind}" if isinstance(answer, Offer) else "no"
            row = (
                f"{table.name} per {table.period_kind}",
                f"{found.cells:,}",
                f"{found.true / town.rounds:,.0f}",
                percent(found.error_draw / found.true),
                percent(found.error_clamped / found.true),
                percent(found.error_estimate / found.true),
                f"{100 * found.bias_clamped / found.true:+.1f} %",
                f"{100 * found.bias_estimate / found.true:+.1f} %",
                percent(found.covered / found.seen),
                form,
            )
            yield "| " + " | ".join(row) + " |"
    yield ""


def bayes_lines() -> Iterable[str]:
    """What an estimate from earlier releases would gain and cost, in Markdown."""
    yield "**An estimate from twelve earlier months (not published)**\n"
    yield "| meldingen a year | table | error less by | threefold spike: shown by the draw | by the estimate |"
    yield "|---|---|---|---|---|"
    for town in TOWNS[:2]:
        for table in MONTHLY:
            gain, plain, damped = learnt_from_earlier(town, table)
            yield f"| {town.volume:,} | {table.name} | {percent(gain)} | {percent(plain)} | {percent(damped)} |"
    yield ""


def budget_lines() -> Iterable[str]:
    """How error and certainty move with epsilon, in Markdown."""
    town = TOWNS[1]
    grid = town.grid()
    yield "**Another budget** (15,000 meldingen a year; expected error of the draw per month)\n"
    yield "| budget per month and per year | factor | certainty at most | " + " | ".join(t.name for t in MONTHLY) + " |"
    yield "|---|---|---|" + "---|" * len(MONTHLY)
    for budget in (Fraction(1, 4), Fraction(1, 2), Fraction(1), Fraction(2)):
        factor = math.exp(2 * budget)
        errors = [expected_error(table, grid, town.volume / 12, table.share * budget) for table in MONTHLY]
        marked = [percent(error) + (" (not offered)" if error > MAX_ERROR else "") for error in errors]
        yield f"| {float(budget):g} | {factor:.2f} | {percent(factor / (1 + factor))} | " + " | ".join(marked) + " |"
    yield ""


def main(write: Callable[[str], object], today: datetime.date) -> None:
    """Make all figures; several minutes."""
    write(f"Measured on {today.isoformat()} with epsilon 1 per month and 1 per year.\n\n")
    for town in TOWNS:
        write("\n".join(lines_of(town)) + "\n")
    write("\n".join(budget_lines()) + "\n")
    write("\n".join(bayes_lines()))


def replace_between_markers(text: str, figures: str) -> str:
    """`text` with what stands between its markers replaced; ValueError when it has no markers."""
    start, end = text.index(START) + len(START), text.index(END)
    return f"{text[:start]}\n\n{figures.strip()}\n\n{text[end:]}"


if __name__ == "__main__":
    day = datetime.datetime.now(datetime.UTC).date()
    if len(sys.argv) > 1:
        page, made = pathlib.Path(sys.argv[1]), list[str]()
        page.read_text().index(START)  # before the long work
        main(made.append, day)
        page.write_text(replace_between_markers(page.read_text(), "".join(made)))
    else:
        main(sys.stdout.write, day)
