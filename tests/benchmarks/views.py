"""Views of the figures: the first one that a process gives, and those after it, at five years of releases.

The web's time alone, in one process and without a network: what a page costs, and how many statements it asks.
"""

import statistics
import time
from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from analytics import grid
from meldingen.places.models import Area
from meldingen.tenancy.models import Municipality
from opendata import releases
from opendata.disclosure import Period, PeriodKind
from tests.benchmarks import data

YEARS, GOAL = 5, 80
VIEWS = {
    "town, a line": "buurt-per-maand/?per=periode",
    "buurt per 1,000, a line": "buurt-per-maand/?gebied={buurt}&maat=inwoners",
    "buurten": "buurt-per-maand/",
    "buurten on a map": "buurt-per-maand/?toon=kaart",
    "categories": "categorie-per-maand/",
    "categories beside a year before": "categorie-per-maand/?per=categorie&met={before}",
    "the first page": "",
}


def views_table(municipality: Municipality, times: int, more: int = data.MANY) -> Iterator[str]:
    """A row for each goal of publishing. Then one for each view: milliseconds of the first, the median and the 95th of
    100, and its statements.
    """
    months = _months(municipality)
    yield from data.goals(municipality, months, more)
    last = months[-1]
    for month in reversed(months[:-2]):  # the newest first: each year is planned by what the town declares
        releases.publish(municipality, month, is_last=month is months[0])
    buurt = Area.objects.of(municipality).filter(level="buurt").order_by("code").first()
    names = {"buurt": buurt.code if buurt else "", "before": Period.month(last.year - 1, last.number)}
    client = Client(headers={"host": str(municipality.hosts.values_list("name", flat=True).first())})
    yield f"\n| view, {YEARS} years of months | first, ms | median, ms | p95, ms (goal {GOAL}) | statements |\n"
    yield "|---|---|---|---|---|\n"
    for name, query in VIEWS.items():
        address = f"/data/{query.format(**names)}"
        spent = [_milliseconds(client, address) for _number in range(times + 1)]
        with CaptureQueriesContext(connection) as statements:
            client.get(address)
        slow = statistics.quantiles(spent[1:], n=20)[-1]
        middle, mark = statistics.median(spent[1:]), "" if slow <= GOAL else " **more than it may be**"
        yield f"| {name} | {spent[0]:.0f} | {middle:.0f} | {slow:.0f}{mark} | {len(statements)} |\n"


def _months(municipality: Municipality) -> list[Period]:
    """So many years of months that are over, oldest first; from then on the town was registered."""
    today = grid.today(municipality)
    municipality.registered_from, municipality.declared_volume = date(today.year - YEARS, 1, 1), 15_000
    municipality.save(update_fields=["registered_from", "declared_volume"])
    months = [
        one for year in range(today.year - YEARS, today.year + 1) for one in Period.all_of(year, PeriodKind.MONTH)
    ]
    return [one for one in months if one.draw_day <= today][-12 * YEARS :]


def _milliseconds(client: Client, address: str) -> float:
    begin = time.perf_counter()
    answer = client.get(address)
    if answer.status_code != 200:
        raise AssertionError(f"{address}: {answer.status_code}")
    return (time.perf_counter() - begin) * 1000
