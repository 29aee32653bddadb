"""What will be drawn, in words, before anything is: for who fixes a grid and for who publishes. Nothing here draws or
stores, and nothing looks at meldingen.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from django.utils.formats import number_format

from analytics import grid
from analytics.grid import Town
from opendata import programme, releases
from opendata.datasets.declared import slug_of
from opendata.datasets.reasons import reason_in_words
from opendata.disclosure import Period, PeriodKind
from opendata.registration import Lack, lack, missing, number_of_days


def of_year(town: Town, year: int) -> list[str]:
    """In what form each table of a year appears, and of which periods. GridError or PublicationRefused as `publish`."""
    fixed = grid.propose(town, year)
    lines = [declared(town)]
    for choice in programme.choices(town, fixed):
        lines.append(f"- {reason_in_words(choice)}")
        table = choice.published_table()
        if table is not None:
            verdicts = [(period, lack(town.registration, period)) for period in Period.all_of(year, table.period_kind)]
            error = choice.params.get("offered_error_percent")
            when = "on 1 April after" if table.period_kind is PeriodKind.YEAR else "when over"
            lines += [f"  {line}" for line in _verdicts(town, verdicts, f"drawn {when}, expected error {error} %")]
    return lines


def of_now(town: Town, year: int) -> list[str]:
    """What `publish --all-closed` draws now of a year, and what is over and not drawn. Refusals as `of_year`."""
    found = list(releases.closed(town, year))
    lines = [f"{year}. {declared(town)}"]
    for tables in dict.fromkeys(one.tables for one in found):
        names = ", ".join(slug_of(table) for table in tables)
        verdicts = [(one.period, one.lack) for one in found if one.tables == tables]
        lines += [f"- {names}: {line}" for line in _verdicts(town, verdicts, "drawn now")]
    return lines if found else [*lines, "- nothing else is over"]


def of_period(town: Town, period: Period) -> list[str]:
    """What `publish_month` draws. Refusals as `of_year`, and those of `releases.check`."""
    releases.check(town, period)
    chosen = programme.choices(town, grid.propose(town, period.year))
    tables = [table for draw in programme.draws(period.kind, chosen) for table in draw]
    names = ", ".join(slug_of(table) for table in tables) or "no table"
    return [declared(town), *(f"- {names}: {line}" for line in _verdicts(town, [(period, None)], "drawn now"))]


def declared(town: Town) -> str:
    """On which days a town registered meldingen, as it declares."""
    registration = town.registration
    if registration.first is None:
        return f"{town.name} ({town.code}): {Lack.UNDECLARED.value}; nothing is drawn. {Lack.UNDECLARED.remedy}"
    until = f"until {registration.last}" if registration.last else "and still"
    gaps = "".join(f", not from {first} to {last}" for first, last in registration.gaps)
    return f"{town.name} ({town.code}) registers meldingen from {registration.first} {until}{gaps}."


def _verdicts(town: Town, verdicts: Sequence[tuple[Period, Lack | None]], drawn: str) -> Iterator[str]:
    for why in (None, *Lack):
        periods = [period for period, verdict in verdicts if verdict is why]
        if periods:
            yield f"{_ranges(periods)}: {drawn if why is None else f'not drawn, {why.value}'}"
        if why is None:
            yield from (line for period in periods if (line := _mark(town, period)))


def _mark(town: Town, period: Period) -> str:
    number = number_of_days(missing(town.registration, period.first_day, period.day_after - timedelta(days=1)))
    return f"{period}: marked, {number_format(number)} of its days without registration" if number else ""


def _ranges(periods: Iterable[Period]) -> str:
    """ "2026-05 to 2026-07, 2026-09": periods of one kind in order."""
    runs: list[list[Period]] = []
    for period in periods:
        if runs and runs[-1][-1].day_after == period.first_day:
            runs[-1].append(period)
        else:
            runs.append([period])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
