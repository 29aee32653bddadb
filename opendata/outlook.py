"""What will be drawn, in words, before anything is: for who fixes a grid and for who publishes. Nothing here draws or
stores, and nothing looks at meldingen.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from django.utils.formats import number_format

from analytics import grid
from meldingen.tenancy.models import Municipality
from opendata import publication_plan, releases
from opendata.datasets.declared import slug_of
from opendata.datasets.reasons import reason_in_words
from opendata.disclosure import Period, PeriodKind
from opendata.registration import Lack, Registration, lack, missing, number_of_days, registration_of


def of_year(municipality: Municipality, year: int) -> list[str]:
    """In what form each table of a year appears, and of which periods. GridError or PublicationRefused as `publish`."""
    registration = registration_of(municipality)
    lines = [days_of_registration(municipality)]
    for planned_table in publication_plan.plan(grid.propose(municipality, year)):
        lines.append(f"- {reason_in_words(planned_table)}")
        table = planned_table.published_table()
        if table is not None:
            verdicts = [(period, lack(registration, period)) for period in Period.all_of(year, table.period_kind)]
            error = planned_table.params.get("offered_error_percent")
            when = "on 1 April after" if table.period_kind is PeriodKind.YEAR else "when over"
            fate = f"drawn {when}, expected error {error} %"
            lines += [f"  {line}" for line in _verdicts(registration, verdicts, fate)]
    return lines


def of_now(municipality: Municipality, year: int) -> list[str]:
    """What `publish` draws now of a year, and what is over and not drawn. Refusals as `of_year`."""
    periods_over = list(releases.closed_periods(municipality, year))
    registration = registration_of(municipality)
    lines = [f"{year}. {days_of_registration(municipality)}"]
    for tables in dict.fromkeys(one.tables for one in periods_over):
        names = ", ".join(slug_of(table) for table in tables)
        verdicts = [(one.period, one.lack) for one in periods_over if one.tables == tables]
        lines += [f"- {names}: {line}" for line in _verdicts(registration, verdicts, "drawn now")]
    return lines if periods_over else [*lines, "- nothing else is over"]


def of_period(municipality: Municipality, period: Period) -> list[str]:
    """What `publish` draws of one period, and what of it is published already. Refusals as `of_year`, those of
    `releases.check`, and NothingToPublish.
    """
    releases.check(municipality, period)
    planned_tables = publication_plan.plan(grid.propose(municipality, period.year))
    registration, lines = registration_of(municipality), [days_of_registration(municipality)]
    draws = releases.drawn_of(municipality, period, planned_tables)
    for is_drawn, fate in ((True, "published already, not drawn again"), (False, "drawn now")):
        names = ", ".join(slug_of(table) for tables, was in draws if was is is_drawn for table in tables)
        if names:
            lines += [f"- {names}: {line}" for line in _verdicts(registration, [(period, None)], fate)]
    return lines


def days_of_registration(municipality: Municipality) -> str:
    """On which days a municipality registered meldingen, as it declares."""
    registration, name = registration_of(municipality), f"{municipality.name} ({municipality.code})"
    if registration.first is None:
        why = Lack.UNDECLARED
        return f"{name}: {why.value}; nothing is drawn. {why.remedy}"
    until = f"until {registration.last}" if registration.last else "and still"
    gaps = "".join(f", not from {first} to {last}" for first, last in registration.gaps)
    return f"{name} registers meldingen from {registration.first} {until}{gaps}."


def _verdicts(registration: Registration, verdicts: Sequence[tuple[Period, Lack | None]], fate: str) -> Iterator[str]:
    for why in (None, *Lack):
        periods = [period for period, verdict in verdicts if verdict is why]
        if periods:
            yield f"{_ranges(periods)}: {fate if why is None else f'not drawn, {why.value}'}"
        if why is None:
            yield from (line for period in periods if (line := _mark(registration, period)))


def _mark(registration: Registration, period: Period) -> str:
    number = number_of_days(missing(registration, period.first_day, period.day_after - timedelta(days=1)))
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
