"""A year of invented meldingen for an invented town, in the columns in which a real town's export arrives.

Pure Python and deterministic: one seed and one end date give the same rows, and a later end date leaves the days
that both cover as they were, except that what was still open may have been closed since. Run it as
`python -m meldingen.demo.history FOLDER UNTIL OUT.csv`.
"""

import csv
import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from meldingen.demo import rhythm

COLUMNS = (
    "id",
    "gemeld_op",
    "hoofdcategorie",
    "hoofdcategorie_slug",
    "categorie",
    "categorie_slug",
    "latitude",
    "longitude",
    "afgehandeld_op",
)
CLOSED_MONTHS = 12
YEARLY_PER_INHABITANT = 0.305  # 13,000 a year in a town of 42,560
OPEN_FOR_EVER = 0.015  # some reports are simply forgotten
NEAR_A_SPOT = 0.45  # the same container is reported again and again
SPOTS = 15
SPOT_DEGREES = 0.0003  # about 25 metres
SPREAD = 0.9  # sigma of the logarithm of the handling time

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True)
class Buurt:
    """A buurt: rings in (longitude, latitude), the points that are reported often, and its pull on reports."""

    rings: list[Ring]
    spots: list[Point]
    weight: float
    urban_weight: float


@dataclass(frozen=True)
class Category:
    """A subcategory as it stands in categories.csv, with the slug and name of its main category."""

    slug: str
    name: str
    main_slug: str
    main_name: str
    days: int
    share: float


def rows(folder: Path, until: date, seed: int = 2026) -> Iterator[dict[str, str]]:
    """The meldingen of the 12 closed months before `until` and of the running month up to `until`, oldest first; of
    more months when the town declares that it registered before.

    The day `until` itself is not in it. Keys are `COLUMNS`; `gemeld_op` is ISO 8601 in UTC, `afgehandeld_op` a day
    before `until`, empty when still open.
    """
    municipality = json.loads((folder / "municipality.json").read_text(encoding="utf-8"))
    zone = ZoneInfo(municipality["time_zone"])
    categories = _categories(folder / "categories.csv")
    buurten, inhabitants = _buurten(folder / "buurten.geojson", seed)
    per_day = inhabitants * YEARLY_PER_INHABITANT / 365
    pulls = {
        False: list(accumulate(b.weight for b in buurten)),
        True: list(accumulate(b.urban_weight for b in buurten)),
    }
    # From the day that the town declares, or the months that it says it registered would be empty.
    day = min(first_day(until), date.fromisoformat(municipality.get("registered_from") or str(until)))
    while day < until:
        # A generator for each day: the past does not change when the end moves.
        rng = Random(f"{municipality['code']}:{seed}:{day}")  # noqa: S311 - invented data, nothing to protect
        found: list[dict[str, str]] = []
        for category, received in _reports(rng, categories, day, per_day, zone):
            urban = category.slug in rhythm.URBAN
            buurt = rng.choices(buurten, cum_weights=pulls[urban])[0]
            closed = _closed_on(rng, category, day)
            found.append(
                _row(rng, category, received, _point(rng, buurt), closed if closed and closed < until else None)
            )
        yield from sorted(found, key=lambda row: row["gemeld_op"])
        day += timedelta(days=1)


def first_day(until: date) -> date:
    """The first day of the month 12 months before the month of `until`."""
    months = until.year * 12 + until.month - 1 - CLOSED_MONTHS
    return date(months // 12, months % 12 + 1, 1)


def contains(rings: Sequence[Ring], point: Point) -> bool:
    """Whether a point lies inside closed rings, by the even-odd rule (holes are rings like others)."""
    x, y = point
    inside = False
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
    return inside


def _categories(path: Path) -> list[Category]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    names = {line["hoofdcategorie"]: line["naam_nl"] for line in lines if not line["categorie"]}
    subs = [line for line in lines if line["categorie"] and line["actief"] == "ja"]
    share = rhythm.shares([line["categorie"] for line in subs])
    return [
        Category(
            slug=line["categorie"],
            name=line["naam_nl"],
            main_slug=line["hoofdcategorie"],
            main_name=names[line["hoofdcategorie"]],
            days=int(line["dagen"]),
            share=share[line["categorie"]],
        )
        for line in subs
    ]


def _buurten(path: Path, seed: int) -> tuple[list[Buurt], int]:
    """The buurten and the number of inhabitants of them all."""
    found: list[Buurt] = []
    inhabitants = 0
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        properties: dict[str, Any] = feature["properties"]
        rings = [[(float(x), float(y)) for x, y in ring] for ring in feature["geometry"]["coordinates"]]
        rng = Random(f"{properties['code']}:{seed}")  # noqa: S311 - invented data, nothing to protect
        # Nobody lives on some land, and still something breaks there.
        weight = properties["inwoners"] + 60.0
        urban = weight * properties["omgevingsadressendichtheid"] / 1000
        found.append(Buurt(rings, [_anywhere(rng, rings) for _ in range(SPOTS)], weight, urban))
        inhabitants += int(properties["inwoners"])
    return found, inhabitants


def _reports(
    rng: Random, categories: Sequence[Category], day: date, per_day: float, zone: ZoneInfo
) -> Iterator[tuple[Category, datetime]]:
    storm = rng.random() < rhythm.STORM_CHANCE[day.month - 1]
    for category in categories:
        factor = rhythm.season(category.slug, day) * rhythm.weekday(category.slug, day)
        if storm:
            factor *= rhythm.STORM.get(category.slug, 1.0)
        for _ in range(_poisson(rng, per_day * category.share * factor)):
            hour = rng.choices(range(24), weights=rhythm.hours(category.slug))[0]
            at = time(hour, rng.randrange(60), rng.randrange(60), rng.randrange(1_000_000))
            yield category, datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def _row(rng: Random, category: Category, received: datetime, point: Point, closed: date | None) -> dict[str, str]:
    longitude, latitude = point
    values = (
        f"{rng.getrandbits(64):016x}",
        received.isoformat(timespec="microseconds"),
        category.main_name,
        category.main_slug,
        category.name,
        category.slug,
        f"{latitude:.6f}",
        f"{longitude:.6f}",
        closed.isoformat() if closed else "",
    )
    return dict(zip(COLUMNS, values, strict=True))


def _poisson(rng: Random, mean: float) -> int:
    """Knuth's way; means here are below 30, far from where the product underflows."""
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def _closed_on(rng: Random, category: Category, day: date) -> date | None:
    """The working day on which it was solved; the median is somewhat shorter than the promised term."""
    taken = rng.lognormvariate(math.log(max(category.days * 0.9, 0.8)), SPREAD)
    if rng.random() < OPEN_FOR_EVER:
        return None
    closed = day + timedelta(days=round(taken))
    return closed + timedelta(days=max(0, 7 - closed.weekday()) if closed.weekday() >= 5 else 0)


def _point(rng: Random, buurt: Buurt) -> Point:
    """A point inside the buurt, rounded as it is written."""
    if rng.random() < NEAR_A_SPOT:
        x, y = rng.choice(buurt.spots)
        near = (round(rng.gauss(x, SPOT_DEGREES), 6), round(rng.gauss(y, SPOT_DEGREES * 0.6), 6))
        if contains(buurt.rings, near):
            return near
    return _anywhere(rng, buurt.rings)


def _anywhere(rng: Random, rings: Sequence[Ring]) -> Point:
    xs, ys = zip(*rings[0], strict=True)
    while True:
        point = (round(rng.uniform(min(xs), max(xs)), 6), round(rng.uniform(min(ys), max(ys)), 6))
        if contains(rings, point):
            return point


def main(arguments: Sequence[str]) -> int:
    """Write OUT.csv for a folder and an end date (YYYY-MM-DD); returns the exit status."""
    if len(arguments) != 3:
        sys.stderr.write("usage: python -m meldingen.demo.history FOLDER UNTIL OUT.csv\n")
        return 2
    folder, until, out = Path(arguments[0]), date.fromisoformat(arguments[1]), Path(arguments[2])
    count = 0
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in rows(folder, until):
            writer.writerow(row)
            count += 1
    sys.stdout.write(f"{count} invented meldingen in {out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
