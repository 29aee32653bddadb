"""What is near a place, among very many meldingen of which most are at few places: for a resident and a colleague."""

import random
import statistics
import time
from collections.abc import Callable, Iterator

from django.contrib.gis.geos import Point
from django.db import connection

from meldingen.categories.models import Category
from meldingen.management import rights
from meldingen.nearby import likely, public
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality
from tests.benchmarks.seed import fill

ASKED = 300
YEARS = 10
WEST, SOUTH, SIDE = 170_000, 500_000, 8_000
# A place for each: the number of places follows a power, so that the first hundred have a fifth of all meldingen.
_PLACES = """
UPDATE meldingen_melding SET category_by = 'staff', point = ST_SetSRID(ST_MakePoint(
    %(west)s + (hashint4(place) & 65535) / 65536.0 * %(side)s + 20 * random(),
    %(south)s + (hashint4(place + 7919) & 65535) / 65536.0 * %(side)s + 20 * random()), 28992)
FROM (SELECT id AS melding, (power(random(), 3) * 40000)::int AS place FROM meldingen_melding) AS spread
WHERE melding = id
"""


def nearby_table(municipality: Municipality, number: int) -> Iterator[str]:
    """A line for each question, at places as they are asked about: most of them where most is."""
    begun = time.perf_counter()
    fill(municipality, number, YEARS)
    with rights.as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE meldingen_melding DISABLE TRIGGER USER")
        cursor.execute(_PLACES, {"west": WEST, "south": SOUTH, "side": SIDE})
        cursor.execute("ALTER TABLE meldingen_melding ENABLE TRIGGER USER")
        cursor.execute("UPDATE meldingen_category SET public_as = 'kaart', decided_on = '2000-01-01'")
        cursor.execute("VACUUM ANALYZE meldingen_melding")
    yield f"{number:,} meldingen in {time.perf_counter() - begun:.0f} s\n"
    chance = random.Random(57)
    ids = chance.sample(range(1, number), 4 * ASKED)
    rows = (
        Melding.objects.of(municipality).filter(category__isnull=False, point__isnull=False).select_related("category")
    )
    asked = list(rows.defer("search").filter(pk__in=ids)[:ASKED])
    visible = Melding.objects.of(municipality)
    yield _line(
        "near a place, for a resident",
        lambda n: public.near(municipality, _category(asked[n]), _point(asked[n])),
    )
    yield _line("likely the same, for a colleague", lambda n: likely.likely(asked[n], visible))
    unjudged = list(
        Melding.objects.of(municipality).filter(category=None, point__isnull=False, pk__in=ids).defer("search")[:ASKED]
    )
    yield _line("the same of one without a category", lambda n: likely.likely(unjudged[n % len(unjudged)], visible))


def _category(melding: Melding) -> Category:
    if melding.category is None:
        raise TypeError("asked of one with a category")
    return melding.category


def _point(melding: Melding) -> Point:
    if melding.point is None:
        raise TypeError("asked of one with a point")
    return melding.point


def _line(what: str, ask: Callable[[int], object]) -> str:
    times = []
    for n in range(ASKED):
        begun = time.perf_counter()
        ask(n)
        times.append(1000 * (time.perf_counter() - begun))
    cuts = statistics.quantiles(times, n=20)
    return f"{what:34} p50 {cuts[9]:6.2f} ms   p95 {cuts[18]:6.2f} ms\n"
