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

YEARS = 5
VIEWS = {
    "town, a line": "buurt-per-maand/?per=periode",
    "buurt per 1,000, a line": "buurt-per-maand/?gebied={buurt}&maat=inwoners",
    "buurten": "buurt-per-maand/",
    "buurten on a map": "buurt-per-maand/?toon=kaart",
    "categories": "categorie-per-maand/",
    "categories beside a year before": "categorie-per-maand/?per=categorie&met={before}",
    "the first page": "",
}


def views_table(municipality: Municipality, times: int) -> Iterator[str]:
    """A row for each view: milliseconds of the first, the median and the 95th of 100, and its statements."""
    last = _publish(municipality)
    buurt = Area.objects.of(municipality).filter(level="buurt").order_by("code").first()
    names = {"buurt": buurt.code if buurt else "", "before": Period.month(last.year - 1, last.number)}
    client = Client(headers={"host": str(municipality.hosts.values_list("name", flat=True).first())})
    yield f"| view, {YEARS} years of months | first, ms | median, ms | 95 of 100 below, ms | statements |\n"
    yield "|---|---|---|---|---|\n"
    for name, query in VIEWS.items():
        address = f"/data/{query.format(**names)}"
        spent = [_milliseconds(client, address) for _number in range(times + 1)]
        with CaptureQueriesContext(connection) as statements:
            client.get(address)
        slow = statistics.quantiles(spent[1:], n=20)[-1]
        yield f"| {name} | {spent[0]:.0f} | {statistics.median(spent[1:]):.0f} | {slow:.0f} | {len(statements)} |\n"


def _publish(municipality: Municipality) -> Period:
    """So many years of months, the newest first: each year is planned by what the town declares; the newest."""
    today = grid.today(municipality)
    municipality.registered_from, municipality.declared_volume = date(today.year - YEARS, 1, 1), 15_000
    municipality.save(update_fields=["registered_from", "declared_volume"])
    months = [
        one for year in range(today.year - YEARS, today.year + 1) for one in Period.all_of(year, PeriodKind.MONTH)
    ]
    closed = [one for one in months if one.draw_day <= today][-12 * YEARS :]
    for month in reversed(closed):
        releases.publish(municipality, month, is_last=month is closed[0])
    return closed[-1]


def _milliseconds(client: Client, address: str) -> float:
    begin = time.perf_counter()
    answer = client.get(address)
    if answer.status_code != 200:
        raise AssertionError(f"{address}: {answer.status_code}")
    return (time.perf_counter() - begin) * 1000
