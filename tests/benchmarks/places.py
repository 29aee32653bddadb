"""Addresses, objects and named places of a large town: how long loading takes, and a question, beside bare SQL."""

import csv
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.db import connection

from meldingen.languages import Texts
from meldingen.management import rights
from meldingen.places.addresses.own import OwnAddresses
from meldingen.places.assets import nearest
from meldingen.places.landmarks import by_name
from meldingen.places.loading.addresses import load_addresses
from meldingen.places.models import Area, AssetKind
from meldingen.tenancy.models import Municipality

SIDE, CELLS = 20_000, 10  # metres of the town, and its buurten a side
WEST, SOUTH = 80_000, 430_000
SYLLABLES = (
    "dor",
    "kerk",
    "mo",
    "len",
    "ha",
    "ven",
    "bra",
    "der",
    "lin",
    "de",
    "wa",
    "ter",
    "schip",
    "vo",
    "gel",
    "bu",
)
ENDINGS = ("straat", "weg", "laan", "plein", "kade", "hof", "singel", "dreef")
GREENS = ("park", "plantsoen", "bos", "vijver", "hof", "veld")
ASKED = 400
GOAL = " (goal: p95 20 ms)"


def places_table(addresses: int, assets: int, landmarks: int) -> Iterator[str]:
    """A line for each piece of work."""
    chance = random.Random(11)
    municipality = _town()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bag.csv")
        names = _write_addresses(path, addresses, chance)
        begun = time.perf_counter()
        load_addresses(municipality, path)
        yield f"load_addresses, {addresses:,} rows: {time.perf_counter() - begun:.1f} s\n"
    with rights.as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE meldingen_street, meldingen_address")
    known = OwnAddresses(municipality)
    typed = [f"{chance.choice(names)} {chance.randint(1, 60)}" for _ in range(ASKED)]
    wrong = [_mistyped(text, chance) for text in typed]
    postcodes = [f"{chance.randint(1000, 1000 + addresses // 400)}AB {chance.randint(1, 60)}" for _ in range(ASKED)]
    points = [_somewhere(chance) for _ in range(ASKED)]
    parks = _seed_landmarks(municipality, landmarks, chance)
    called = [chance.choice(parks) for _ in range(ASKED)]
    _seed_assets(municipality, assets)
    lamp = AssetKind.objects.of(municipality).get()
    yield _line(f"nearest 8 of {assets:,} objects", lambda n: nearest(municipality, points[n], [lamp]))
    yield _line("  bare SQL: nearest 8", lambda n: _bare_assets(points[n]))
    yield _line("suggest, as it is spelt", lambda n: known.suggest(typed[n]))
    yield _line("suggest, with a typo", lambda n: known.suggest(wrong[n]))
    yield _line("suggest, three letters", lambda n: known.suggest(typed[n][:3]))
    yield _line("suggest, a postcode", lambda n: known.suggest(postcodes[n]))
    yield _line("find", lambda n: known.find(typed[n]))
    yield _line(f"one of {landmarks:,} places by name{GOAL}", lambda n: by_name(municipality, called[n]))
    yield _line(f"  with a typo{GOAL}", lambda n: by_name(municipality, _mistyped(called[n], chance)))
    yield _line(f"  three letters{GOAL}", lambda n: by_name(municipality, called[n][:3]))
    yield _line(f"  a street, which is none{GOAL}", lambda n: by_name(municipality, typed[n]))
    yield _line("nearest address", lambda n: known.reverse(points[n]))
    yield _line("  bare SQL: nearest", lambda n: _bare_nearest(points[n]))
    yield _line("  bare SQL: a street by its name", lambda n: _bare_street(typed[n].rpartition(" ")[0]))


def _line(what: str, ask: Callable[[int], object]) -> str:
    times = []
    for n in range(ASKED):
        begun = time.perf_counter()
        ask(n)
        times.append(1000 * (time.perf_counter() - begun))
    cuts = statistics.quantiles(times, n=20)
    return f"{what:44} p50 {cuts[9]:6.2f} ms   p95 {cuts[18]:6.2f} ms\n"


def _town() -> Municipality:
    here = Municipality.objects.create(code="GM9911", name="Grootstad", contact_email="a@b.example", area_vintage=2025)
    box = _square(WEST, SOUTH, SIDE)
    own = {"municipality": here, "vintage": 2025}
    gemeente = Area.objects.create(**own, level="gemeente", code="GM9911", name="G", geometry=box)
    wijk = Area.objects.create(**own, level="wijk", code="WK991101", name="W", geometry=box, parent=gemeente)
    cell = SIDE // CELLS
    for n in range(CELLS * CELLS):
        border = _square(WEST + cell * (n % CELLS), SOUTH + cell * (n // CELLS), cell)
        code = f"BU9911{n:04d}"
        Area.objects.create(**own, level="buurt", code=code, name=code, geometry=border, parent=wijk)
    return here


def _square(x: float, y: float, side: float) -> MultiPolygon:
    return MultiPolygon(Polygon.from_bbox((x, y, x + side, y + side)), srid=28992)


def _write_addresses(path: Path, number: int, chance: random.Random) -> list[str]:
    """Streets of sixty numbers, each along a line of its own."""
    names = []
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["openbareruimte", "huisnummer", "huisletter", "huisnummertoevoeging", "postcode", "woonplaats", "x", "y"]
        )
        for street in range(number // 60 + 1):
            names.append(_called(chance) + chance.choice(ENDINGS))
            x, y = WEST + chance.uniform(500, SIDE - 500), SOUTH + chance.uniform(500, SIDE - 500)
            place = ("Grootstad", "Zuiderveen", "Oostdorp")[street % 3]
            for n in range(1, 61):
                postcode = f"{1000 + street * 60 // 400 + n // 30}{chance.choice(('AB', 'CD', 'XZ'))}"
                writer.writerow([names[-1], n, "", "", postcode, place, f"{x + 5 * n:.2f}", f"{y + n % 2 * 12:.2f}"])
    return names


def _called(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).title()


def _mistyped(text: str, chance: random.Random) -> str:
    """With a letter less, or two in the wrong order; a number behind it is as it was."""
    at = chance.randint(1, len(text.partition(" ")[0]) - 2)
    return text[:at] + (text[at + 1 :] if chance.random() < 0.5 else text[at + 1] + text[at] + text[at + 2 :])


def _somewhere(chance: random.Random) -> Point:
    return Point(WEST + chance.uniform(0, SIDE), SOUTH + chance.uniform(0, SIDE), srid=28992)


def _seed_assets(here: Municipality, number: int) -> None:
    texts = Texts(nl="Lichtmast")
    lamp = AssetKind.objects.create(municipality=here, slug="lichtmast", name_texts=texts, plural_texts=texts)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO meldingen_asset (municipality_id, kind_id, number, label, point, buurt_id, is_active) "
            "SELECT %s, %s, n::text, '', ST_SetSRID(ST_MakePoint(%s + random() * %s, %s + random() * %s), 28992), "
            "(SELECT max(id) FROM meldingen_area), true FROM generate_series(1, %s) n",
            [here.pk, lamp.pk, WEST, SIDE, SOUTH, SIDE, number],
        )
    with rights.as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE meldingen_asset")


def _seed_landmarks(here: Municipality, number: int, chance: random.Random) -> list[str]:
    """Parks and waters of 200 metres a side anywhere; their names, of which some are those of several."""
    names = [
        "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).title() + chance.choice(GREENS)
        for _ in range(number)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO meldingen_landmark (municipality_id, kind, name, key, geometry) "
            "SELECT %s, 'groen', name, lower(name), ST_SetSRID(ST_MakeEnvelope(x, y, x + 200, y + 200), 28992) "
            "FROM (SELECT name, %s + random() * %s AS x, %s + random() * %s AS y "
            "FROM unnest(%s::text[]) AS name) AS each",
            [here.pk, WEST, SIDE - 200, SOUTH, SIDE - 200, names],
        )
    with rights.as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE meldingen_landmark")
    return names


def _bare_assets(point: Point) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM meldingen_asset WHERE ST_DWithin(point, ST_SetSRID(ST_MakePoint(%s, %s), 28992), 75) "
            "ORDER BY point <-> ST_SetSRID(ST_MakePoint(%s, %s), 28992) LIMIT 8",
            [point.x, point.y, point.x, point.y],
        )
        cursor.fetchall()


def _bare_nearest(point: Point) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM meldingen_address WHERE ST_DWithin(point, ST_SetSRID(ST_MakePoint(%s, %s), 28992), 60) "
            "ORDER BY point <-> ST_SetSRID(ST_MakePoint(%s, %s), 28992) LIMIT 1",
            [point.x, point.y, point.x, point.y],
        )
        cursor.fetchall()


def _bare_street(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM meldingen_street WHERE key = lower(%s) LIMIT 8", [name])
        cursor.fetchall()
