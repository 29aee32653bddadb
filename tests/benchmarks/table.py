"""The rows that `make bench` prints."""

import itertools
from argparse import Namespace
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.contrib.gis.geos import Point
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meldingen.places import geo
from meldingen.places.models import Area
from meldingen.record.models import Melding
from meldingen.routing import prediction
from meldingen.tenancy.models import Municipality
from tests.benchmarks.__main__ import WORK
from tests.benchmarks.bare import TEXT, Bare
from tests.benchmarks.load import Figures, Work, measure
from tests.benchmarks.pages import Page, clients, served
from tests.benchmarks.seed import HOST

TOGETHER = (4, 8)
HEADER = f"{'':32}{'per s':>9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'SQL':>5}\n"
PREDICT = """
SELECT id, file, sha256 FROM meldingen_trainedmodel WHERE municipality_id = %s AND status = 'live'"""
CATEGORIES = """
SELECT c.id, c.slug, p.slug FROM meldingen_category c JOIN meldingen_category p ON p.id = c.parent_id
WHERE c.municipality_id = %s AND c.is_active"""


def _bare_work(name: str, *values: Any) -> Work:
    *about, _number = values
    return Bare(*about).work(name)


def pages_table(town: Municipality, environment: dict[str, str], names: list[str], wanted: Namespace) -> Iterator[str]:
    """For each page and number of clients ours, the bare SQL of the same work, and the ratio of their rates."""
    stored, tokens = visited(town)
    dsn: dict[str, Any] = dict(connection.get_connection_params())
    bare_dsn = {name: dsn[name] for name in ("host", "port", "user", "password", "dbname") if name in dsn}
    asked = {name: _asked(Page(0, geo.to_door(stored), tokens), name) for name in WORK}
    melding = Melding.objects.filter(municipality=town).latest("pk").pk
    connections.close_all()
    yield HEADER
    with served(environment) as port:
        for name, number in itertools.product(names, wanted.clients or TOGETHER):
            ours = measured(clients(port, geo.to_door(stored), tokens, name), number, wanted)
            bare = measured(
                partial(_bare_work, name, bare_dsn, town.pk, (stored.x, stored.y), tokens, melding, asked["inbox"]),
                number,
                wanted,
            )
            yield from _rows(f"{WORK[name]}, c={number}", ours, bare, len(asked[name]))


def visited(town: Municipality) -> tuple[Point, list[str]]:
    """Where clients report something (in stored metres), and the private pages that they look at."""
    stored = Area.objects.filter(municipality=town, level="buurt").order_by("code")[0].geometry.point_on_surface
    return stored, list(Melding.objects.filter(municipality=town).values_list("follow_token", flat=True)[:1000])


def predict_table(town: Municipality, wanted: Namespace) -> Iterator[str]:
    """Suggestions for a text in one warm process, beside the rows that it reads."""
    prediction.suggest(town, TEXT)
    with CaptureQueriesContext(connection) as queries:
        prediction.suggest(town, TEXT)
    connections.close_all()

    def bare(_number: int) -> Work:
        def work() -> None:
            with connection.cursor() as cursor:
                cursor.execute(PREDICT, [town.pk])
                cursor.fetchall()
                cursor.execute(CATEGORIES, [town.pk])
                cursor.fetchall()

        return work

    number = (wanted.clients or TOGETHER)[0]

    def suggest() -> None:
        prediction.suggest(town, TEXT)

    ours = measured(lambda _number: suggest, number, wanted)
    yield from _rows(f"predict, c={number}", ours, measured(bare, number, wanted), len(queries))


def measured(make_work: Callable[[int], Work], number: int, wanted: Namespace) -> Figures:
    """What so many clients get, as long and as often as wanted."""
    return measure(make_work, number, wanted.seconds, wanted.runs)


def _rows(name: str, ours: Figures, bare: Figures, count: int) -> Iterator[str]:
    yield f"{name:32}{ours.rate:9.1f}{ours.p50:9.1f}{ours.p95:9.1f}{ours.p99:9.1f}{count:5d}\n"
    yield f"{'  bare SQL':32}{bare.rate:9.1f}{bare.p50:9.2f}{bare.p95:9.2f}{bare.p99:9.2f}\n"
    yield f"{'  bare : ours':32}{bare.rate / ours.rate:9.1f}\n"


def _asked(page: Page, name: str) -> list[str]:
    """The statements of a piece of work."""
    client = Client(headers={"host": HOST})

    def ask(path: str, form: dict[str, str] | None = None, expect: int = 200) -> bytes:
        response = client.get(path) if form is None else client.post(path, form)
        if response.status_code != expect:
            raise RuntimeError(f"{path} answered {response.status_code}")
        return response.content

    page.ask = ask  # type: ignore[method-assign]
    work = page.work(name)
    with CaptureQueriesContext(connection) as queries:
        work()
    return [one["sql"] for one in queries]
