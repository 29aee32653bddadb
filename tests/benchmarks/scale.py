"""`make bench-scale`: each filter of the staff list, the inbox with its worklists, its fiftieth page and its box, and a
month's cells, among few meldingen and among very many.

Options: --rows 10000,2000000 --runs 9. Every number has a database and a process of its own, which are asked in turn;
both are thrown away.
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
from contextlib import ExitStack, redirect_stdout
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from tests.benchmarks.__main__ import prepare
from tests.sure import sure

if TYPE_CHECKING:
    from django.test import Client

    from meldingen.tenancy.models import Municipality

    Asked = subprocess.Popen[str]
    Work = tuple[Callable[[], object], int]

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
OF_A_TEAM = ("my-team", "today", "late")  # as who decides on the work of two teams reads them
NARROWED = {"inbox, a category": "list=open&category={category}", "inbox, small buurt": "list=open&area={small_code}"}
WORDS = {
    "box, a rare word": "onverdraaglijk", "box, a common word": "straat", "box, two words": "straat dagen",
    "box, a beginning": "onverdraagl", "box, two beginnings": "straa dage", "box, nothing like it": "qwrtz",
}  # fmt: skip
WORDS_OF_LISTS = {"a word": "straat", "a rare word": "onverdraaglijk", "two words": "straat dagen", "no word": "qwrtz"}
PAGES = 50
FILTERS = {
    "open": "", "all": "state=all", "new": "state=new", "solved": "state=solved", "declined": "state=declined",
    "team": "team={team}", "no team": "team=none", "category": "category={category}", "no category": "category=none",
    "main category": "category={main}", "buurt": "buurt={buurt}", "small buurt": "buurt={small}",
    "buurt without meldingen": "buurt={empty}", "overdue": "deadline=overdue", "this week": "deadline=week",
    "team, category, buurt": "team={team}&category={category}&buurt={buurt}",
    "team, another's category": "team={other}&category={category}",
    "overdue in a buurt": "deadline=overdue&buurt={buurt}",
}  # fmt: skip


def main() -> None:
    """A process for each number, asked in turn, then the table."""
    parser = argparse.ArgumentParser(prog="make bench-scale")
    parser.add_argument("--rows", default="10000,2000000")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--one", type=int)
    wanted = parser.parse_args()
    if wanted.one:
        answer_for(wanted.one)
        return
    numbers = wanted.rows.split(",")
    with ExitStack() as open_still:
        processes, shown = [], []
        for number in numbers:  # one after the other: they collect their static files in one place
            processes.append(open_still.enter_context(_started(number)))
            shown.append(json.loads(_line_of(processes[-1])))
        few, many = in_turn(processes, shown, wanted.runs)
        for process in processes:
            sure(process.stdin).close()
    sys.stdout.writelines(table(few, many, numbers))


def in_turn(processes: list[Asked], shown: list[dict[str, int]], runs: int) -> list[dict[str, list[float]]]:
    """Of each process what was asked -> [median milliseconds, rows on the page].

    First the one, then the other, so that a machine that grows slower halfway is slower for both.
    """
    took: list[dict[str, list[float]]] = [{} for _process in processes]
    for name in shown[0]:
        times = [[_milliseconds(process, name) for process in processes] for _run in range(runs + 1)][1:]
        for found, each, own in zip(took, zip(*times, strict=True), shown, strict=True):
            found[name] = [statistics.median(each), own[name]]
    return took


def answer_for(number: int) -> None:
    """Seed; say how many rows each page shows; do what each line of the input names and say how many milliseconds it
    took. At its end the database is dropped, whatever happens.
    """
    name = f"meldingen_scale_{number}"
    where = os.environ["DATABASE_OWNER_URL"]
    try:
        prepare(name)
        with redirect_stdout(sys.stderr):  # what a command says is no answer
            works = _works(number)
        sys.stdout.write(json.dumps({name: shown for name, (_work, shown) in works.items()}) + "\n")
        sys.stdout.flush()
        for line in sys.stdin:
            begin = time.perf_counter()
            works[line.strip()][0]()
            sys.stdout.write(f"{(time.perf_counter() - begin) * 1000}\n")
            sys.stdout.flush()
    finally:
        _drop(where, name)


def _started(number: str) -> Asked:
    command = [sys.executable, "-m", "tests.benchmarks.scale", "--one", number]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _line_of(process: Asked) -> str:
    line: str = sure(process.stdout).readline()
    if not line:
        raise SystemExit("a process ended before it answered")
    return line


def _milliseconds(process: Asked, name: str) -> float:
    sure(process.stdin).write(f"{name}\n")
    sure(process.stdin).flush()
    return float(_line_of(process))


def _works(number: int) -> dict[str, Work]:
    """What can be asked: a call, and how many rows it shows."""
    from analytics import grid
    from tests.benchmarks.seed import seed

    started = time.perf_counter()
    town = seed(number, YEARS)
    sys.stderr.write(f"{number} meldingen in {time.perf_counter() - started:.0f} s\n")
    values = _values(town)
    client = _colleague()
    found = {name: _page(client, LIST, query.format(**values)) for name, query in FILTERS.items()}
    found |= _inbox(client, values)
    found |= {f"{name} as a filter": _page(client, *each.split("?")) for name, each in worded(client).items()}
    handler = _handler(town, [values["team"], values["other"]])
    found |= {f"of two teams, {slug}": _page(handler, INBOX, f"list={slug}") for slug in OF_A_TEAM}
    year = grid.today(town).year
    fixed, first, after = grid.fix(town, year), date(year - 1, 5, 1), date(year - 1, 6, 1)
    found["a month's cells"] = (lambda: grid.count(fixed, first, after)), 0
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


def _handler(town: Municipality, team_ids: list[object]) -> Client:
    from django.test import Client

    from meldingen.tenancy.models import Membership, User
    from tests.benchmarks.seed import HOST

    user = User.objects.create_user("uitvoering")
    membership = Membership.objects.create(municipality=town, user=user, role=Membership.Role.HANDLER)
    membership.teams.set(team_ids)  # type: ignore[arg-type]
    client = Client(headers={"host": HOST})
    client.force_login(user)
    return client


def _get(client: Client, address: str) -> dict[str, Any]:
    """What its template was told."""
    answer: Any = client.get(address)
    context: dict[str, Any] = answer.context_data
    return context


def _page(client: Client, path: str, query: str) -> Work:
    address = f"{path}?{query}"
    return (lambda: client.get(address)), len(_get(client, address)["rows"])


def worded(client: Client) -> dict[str, str]:
    """The addresses that follow on words as a filter: of the inbox, of its open work, and of the plain list."""
    found: dict[str, str] = {}
    for name, words in WORDS_OF_LISTS.items():
        for slug in ("all", "open"):
            sent = {"go": "1", "list": slug, "words": words}
            found[f"inbox, {slug}, {name}"] = client.post(f"{INBOX}filters/", sent)["Location"]
        found[f"list, {name}"] = client.post(f"{LIST}zoeken/", {"q": words})["Location"]
    return found


def _inbox(client: Client, values: dict[str, object]) -> dict[str, Work]:
    """Each worklist, two filters, the fiftieth page, one melding beside the list, and the box."""
    found = {f"inbox, {slug}": _page(client, INBOX, f"list={slug}") for slug in WORKLISTS}
    found |= {name: _page(client, INBOX, query.format(**values)) for name, query in NARROWED.items()}
    address = f"{INBOX}?list=all"
    for _number in range(PAGES - 1):
        address = _get(client, address)["older"] or address
    found[f"inbox, page {PAGES}"] = _page(client, INBOX, address.partition("?")[2])
    first = _get(client, f"{INBOX}?list=open")["rows"][0]["address"]
    found["inbox, one beside it"] = _page(client, INBOX, first.partition("?")[2])
    for name, words in WORDS.items():
        search = partial(client.post, f"{INBOX}zoeken/", {"words": words}, follow=True)
        page: Any = search()
        found[name] = search, len(page.context_data["rows"])
    return found


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
