"""`make bench-scale`: each filter of the staff list, the inbox with its worklists, its fiftieth page and its box, and a
month's cells, among few meldingen and among very many.

Options: --rows 10000,2000000 --runs 9. Every number has a database and a process of its own; both are thrown away.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from tests.benchmarks.__main__ import prepare
from tests.sure import sure

if TYPE_CHECKING:
    from django.test import Client

    from meldingen.tenancy.models import Municipality

LIST = "/beheer/meldingen/melding/"
YEARS = 10
MOST = 1.5  # how many times as long a page may take among many
INBOX = "/beheer/"
WORKLISTS = (
    "to-judge",
    "mine",
    "my-team",
    "today",
    "late",
    "spoken",
    "reopened",
    "waiting",
    "suspect",
    "open",
    "all",
)
NARROWED = {"inbox, a category": "list=open&category={category}", "inbox, small buurt": "list=open&area={small_code}"}
WORDS = {"box, a rare word": "onverdraaglijk", "box, a common word": "straat", "box, two words": "straat dagen"}
PAGES = 50
FILTERS = {
    "open": "", "all": "state=all", "new": "state=new", "solved": "state=solved", "declined": "state=declined",
    "team": "team={team}", "no team": "team=none", "category": "category={category}", "no category": "category=none",
    "main category": "category={main}", "buurt": "buurt={buurt}", "small buurt": "buurt={small}",
    "buurt without meldingen": "buurt={empty}", "overdue": "deadline=overdue", "this week": "deadline=week",
    "team, category, buurt": "team={team}&category={category}&buurt={buurt}",
    "team, another's category": "team={other}&category={category}",
    "overdue in a buurt": "deadline=overdue&buurt={buurt}",
    "a word": "q=straat", "a rare word": "q=onverdraaglijk",
}  # fmt: skip


def main() -> None:
    """A process for each number, then the table."""
    parser = argparse.ArgumentParser(prog="make bench-scale")
    parser.add_argument("--rows", default="10000,2000000")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--one", type=int)
    wanted = parser.parse_args()
    if wanted.one:
        measure_one(wanted.one, wanted.runs)
        return
    command = [sys.executable, "-m", "tests.benchmarks.scale", "--runs", str(wanted.runs), "--one"]
    numbers = wanted.rows.split(",")
    found = [subprocess.run([*command, number], stdout=subprocess.PIPE, check=True).stdout for number in numbers]
    few, many = (json.loads(lines.splitlines()[-1]) for lines in found)
    sys.stdout.writelines(table(few, many, numbers))


def measure_one(number: int, runs: int) -> None:
    """Seed, measure and print as JSON; the database is dropped whatever happens."""
    name = f"meldingen_scale_{number}"
    where = os.environ["DATABASE_OWNER_URL"]
    try:
        prepare(name)
        sys.stdout.write(json.dumps(measured(number, runs)) + "\n")
    finally:
        _drop(where, name)


def measured(number: int, runs: int) -> dict[str, list[float]]:
    """What was asked -> [median milliseconds, rows on the page]."""
    from analytics import grid
    from tests.benchmarks.seed import seed

    started = time.perf_counter()
    town = seed(number, YEARS)
    sys.stderr.write(f"{number} meldingen in {time.perf_counter() - started:.0f} s\n")
    values = _values(town)
    found = {name: _page(LIST, query.format(**values), runs) for name, query in FILTERS.items()}
    found |= _inbox(values, runs)
    year = grid.today(town).year
    fixed, first, after = grid.fix(town, year), date(year - 1, 5, 1), date(year - 1, 6, 1)
    found["a month's cells"] = [_median(lambda: grid.count(fixed, first, after), runs), 0]
    return found


def table(few: dict[str, list[float]], many: dict[str, list[float]], numbers: list[str]) -> Iterator[str]:
    """A row for each: milliseconds and rows shown among few and among many, and how many times as long."""
    yield f"{'p50 ms (rows shown)':28}{numbers[0]:>16}{numbers[1]:>16}{'times':>8}\n"
    for name, (after, more) in many.items():
        before, shown = few[name]
        times = after / before
        mark = "  more than it may be" if times > MOST and "cells" not in name and more <= 1.1 * shown else ""
        yield f"{name:28}{before:9.1f} ({shown:4.0f}){after:9.1f} ({more:4.0f}){times:8.2f}{mark}\n"


def _values(town: Municipality) -> dict[str, object]:
    from meldingen.categories.models import Category
    from meldingen.places.models import Area
    from meldingen.tenancy.models import Team

    buurten = list(
        Area.objects.filter(municipality=town, level="buurt").order_by("code").values_list("code", flat=True)
    )
    category = (
        Category.objects.filter(municipality=town, parent__isnull=False).select_related("parent").order_by("slug")[0]
    )
    team = category.default_team_id or sure(category.parent).default_team_id
    other = Team.objects.filter(municipality=town).exclude(pk=sure(team)).latest("slug")
    return {
        "team": team,
        "other": other.pk,
        "category": category.pk,
        "main": category.parent_id,
        "buurt": buurten[0],
        "small": buurten[-2],
        "small_code": buurten[-2],
        "empty": buurten[-1],
    }


def _colleague() -> Client:
    from django.test import Client

    from meldingen.tenancy.models import User
    from tests.benchmarks.seed import HOST

    client = Client(headers={"host": HOST})
    client.force_login(User.objects.get(username="meting"))
    return client


def _get(client: Client, address: str) -> dict[str, Any]:
    """What its template was told."""
    answer: Any = client.get(address)
    context: dict[str, Any] = answer.context_data
    return context


def _page(path: str, query: str, runs: int) -> list[float]:
    client = _colleague()
    shown = len(_get(client, f"{path}?{query}")["rows"])
    return [_median(lambda: client.get(f"{path}?{query}"), runs), shown]


def _inbox(values: dict[str, object], runs: int) -> dict[str, list[float]]:
    """Each worklist, two filters, the fiftieth page, one melding beside the list, and the box."""
    client = _colleague()
    found = {f"inbox, {slug}": _page(INBOX, f"list={slug}", runs) for slug in WORKLISTS}
    found |= {name: _page(INBOX, query.format(**values), runs) for name, query in NARROWED.items()}
    address = f"{INBOX}?list=all"
    for _number in range(PAGES - 1):
        address = _get(client, address)["older"] or address
    found[f"inbox, page {PAGES}"] = _page(INBOX, address.partition("?")[2], runs)
    first = _get(client, f"{INBOX}?list=open")["rows"][0]["address"]
    found["inbox, one beside it"] = _page(INBOX, first.partition("?")[2], runs)
    for name, words in WORDS.items():
        found[name] = [_median(lambda: client.post(f"{INBOX}zoeken/", {"words": words}), runs), 0]  # noqa: B023
    return found


def _median(work: Callable[[], object], runs: int) -> float:
    took = []
    for _run in range(runs):
        begin = time.perf_counter()
        work()
        took.append((time.perf_counter() - begin) * 1000)
    return statistics.median(took)


def _drop(where: str, name: str) -> None:
    import psycopg2
    from django.db import connections

    connections.close_all()
    connection = psycopg2.connect(urlunsplit(urlsplit(where)._replace(scheme="postgresql")))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    connection.close()


if __name__ == "__main__":
    main()
