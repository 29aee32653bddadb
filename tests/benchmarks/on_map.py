"""The map of a worklist among 200,000 meldingen, moved and looked at closer, beside the bare SQL of its statement."""

import random
import statistics
import time
from collections.abc import Callable, Iterator

from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meldingen.handling import mapping
from meldingen.handling.desk.orders import NEWEST
from meldingen.management import rights
from meldingen.places import areas, geo
from meldingen.record.models import OPEN, Melding
from meldingen.tenancy.models import Municipality, User
from tests.benchmarks.seed import HOST

ASKED = 100
LISTS = ("to-judge", "open", "late", "all")
# Anywhere in the town, most of them at few places.
_SPREAD = """
UPDATE meldingen_melding SET point = ST_SetSRID(ST_MakePoint(
    %(west)s + (hashint4(place) & 65535) / 65536.0 * (%(east)s - %(west)s) + 20 * random(),
    %(south)s + (hashint4(place + 7919) & 65535) / 65536.0 * (%(north)s - %(south)s) + 20 * random()), 28992)
FROM (SELECT id AS melding, (power(random(), 3) * 40000)::int AS place FROM meldingen_melding) AS spread
WHERE melding = id
"""
Degrees = tuple[float, float, float, float]


def map_table(municipality: Municipality) -> Iterator[str]:
    """A line for each list: what a browser is answered when the map is moved; then the statement by itself."""
    bounds = areas.bounds(municipality)
    if bounds is None:
        raise AssertionError("the town has no borders")
    _spread(bounds)
    client = Client(headers={"host": HOST})
    client.force_login(User.objects.get(username="meting"))
    boxes = _boxes(bounds)
    for name in LISTS:
        yield _line(f"map, {name}", lambda n: _ask(client, name, boxes[n]))  # noqa: B023
    rows = Melding.objects.of(municipality)
    for name, some in (("open", rows.filter(OPEN, lead__isnull=True)), ("all", rows)):
        statements = [_statement(NEWEST.sort(some), box) for box in boxes]
        yield _line(f"bare SQL, {name}", lambda n: _run(statements[n]))  # noqa: B023


def _spread(bounds: Degrees) -> None:
    west, south, east, north = _metres(bounds)
    with rights.as_owner(), connection.cursor() as cursor:
        cursor.execute(_SPREAD, {"west": west, "south": south, "east": east, "north": north})
        cursor.execute("VACUUM ANALYZE meldingen_melding")


def _metres(degrees: Degrees) -> Degrees:
    low, high = geo.from_door(degrees[0], degrees[1]), geo.from_door(degrees[2], degrees[3])
    if low is None or high is None:
        raise AssertionError("no place")
    return low.x, low.y, high.x, high.y


def _boxes(bounds: Degrees) -> list[Degrees]:
    """The whole town, and pieces of it down to a street."""
    chance = random.Random(71)
    west, south, east, north = bounds
    boxes = []
    for number in range(ASKED):
        part = 1 / 2 ** (number % 6)
        left, low = (chance.uniform(0, 1 - part) for _axis in range(2))
        x, y = west + left * (east - west), south + low * (north - south)
        boxes.append((x, y, x + part * (east - west), y + part * (north - south)))
    return boxes


def _ask(client: Client, name: str, box: Degrees) -> None:
    look = f"13_{(box[1] + box[3]) / 2:.5f}_{(box[0] + box[2]) / 2:.5f}"
    edges = "_".join(f"{edge:.5f}" for edge in box)
    answer = client.get("/beheer/kaart/", {"list": name, "look": look, "box": edges})
    if answer.status_code != 200:
        raise AssertionError(str(answer.status_code))


def _statement(rows: QuerySet[Melding], box: Degrees) -> str:
    with CaptureQueriesContext(connection) as asked:
        mapping.spread(rows, mapping.Box(*_metres(box)))
    return str(asked[-1]["sql"])


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.fetchall()


def _line(what: str, ask: Callable[[int], object]) -> str:
    times = []
    for n in range(ASKED):
        begun = time.perf_counter()
        ask(n)
        times.append(1000 * (time.perf_counter() - begun))
    cuts = statistics.quantiles(times, n=20)
    return f"{what:24} p50 {cuts[9]:7.2f} ms   p95 {cuts[18]:7.2f} ms\n"
