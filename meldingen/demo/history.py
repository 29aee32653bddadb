"""Years of invented meldingen for an invented town, with all that happened to them, as files of the importer.

Pure Python and deterministic: one seed and one end date give the same files, and a later end date leaves what was
reported before as it was. Run it as `python -m meldingen.demo.history FOLDER UNTIL OUT`: the folder OUT gets
meldingen.csv and events.csv.
"""

import csv
import json
import math
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from meldingen import calendar
from meldingen.demo import course, people, rhythm, stories, waiting
from meldingen.demo.course import Office
from meldingen.demo.reports import COLUMNS, EVENT_COLUMNS, Category, Report
from meldingen.demo.spots import Spots
from meldingen.demo.words import Scene, Sentences, read_sentences

LEAST_MONTHS = 24
WITH_STORIES = "lindewaard"
MONTHS = {"oosterveen": 14}
CHANNELS = ("phone",) * 10 + ("web",) * 8 + ("email", "counter")
WITH_CONTACT = 0.55
EXTRA = 1.035  # storms, New Year and stories bring so much beside ordinary days: with them it is what the town declares
# Of a town whose categories are not those of the sentences.
SAID_AS = {
    "kapotte-bestrating": "losse-stoeptegel", "kapotte-lantaarn": "lamp-brandt-niet", "overig-straat": "verkeersbord",
    "vaart-en-sloot": "vuil-in-het-water", "vuil-en-hinder": "zwerfafval", "overig-dorp-en-natuur": "gras-maaien",
}  # fmt: skip


def reports(folder: Path, until: date, seed: int = 2026) -> list[Report]:
    """What was reported before the day `until`, oldest first; nothing of it has a word of a real resident."""
    about = json.loads((folder / "municipality.json").read_text(encoding="utf-8"))
    categories = read_categories(folder / "categories.csv")
    spots, sentences = Spots(folder), read_sentences(Path(__file__).parent / "lindewaard" / "examples.csv")
    zone = about["time_zone"]
    end, staff = calendar.start_of_day(until, zone), people.staff_of(folder.name)
    office = Office(zone, staff, categories, stories.summer(until), end)
    result: list[Report] = []
    day = first_day(folder, until)
    while day < until:
        # A generator for each day: the past does not change when the end moves.
        rng = Random(f"{about['code']}:{seed}:{day}")  # noqa: S311 - invented data, nothing to protect
        if day not in outage(folder, until):
            per_day = about["declared_volume"] / 365 / EXTRA
            today = [_report(rng, spots, sentences, *what) for what in _receipts(rng, categories, day, per_day, zone)]
            result += sorted(today, key=lambda report: report.received)
        day += timedelta(days=1)
    rng = Random(f"{about['code']}:{seed}")  # noqa: S311
    return _tell(rng, office, spots, sentences, result, until) if folder.name == WITH_STORIES else _run(office, result)


def _run(office: Office, all_reports: list[Report]) -> list[Report]:
    """With what happened to each."""
    for report in all_reports:
        course.run(Random(report.key), office, report)  # noqa: S311 - invented data, nothing to protect
    return all_reports


def _tell(
    rng: Random, office: Office, spots: Spots, sentences: Sentences, result: list[Report], until: date
) -> list[Report]:
    """The same, with the stories and the work that waits."""
    of_slug = {category.slug: category for category in office.categories}
    lamp, full, odd = (of_slug[slug] for slug in ("lamp-brandt-niet", "container-vol-of-kapot", "overhangend-groen"))
    result += stories.hotspot(rng, spots, full, until, office.zone)
    result += stories.cable_fault(rng, spots, lamp, until, office.zone)
    result = _run(office, sorted(result, key=lambda report: report.received))
    waiting.leave_new(rng, sentences, result)
    waiting.leave_open(rng, office, result[-2000:])
    waiting.open_again(rng, office, result[-2000:])
    for act in (stories.spam, stories.threat, stories.letters):
        result += act(rng, spots, odd, until, office.zone)
    return sorted(result, key=lambda report: report.received)


def first_day(folder: Path, until: date) -> date:
    """From when there is history: 1 January of the last year that was drawn whole, or of the one before."""
    if folder.name in MONTHS:
        months = until.year * 12 + until.month - 1 - MONTHS[folder.name]
        return date(months // 12, months % 12 + 1, 1)
    year = until.year - (1 if until > date(until.year, 4, 1) else 2)
    months = (until.year - year) * 12 + until.month - 1
    return date(year if months >= LEAST_MONTHS else year - 1, 1, 1)


def outage(folder: Path, until: date) -> Sequence[date]:
    """Three days of last year on which nothing could be reported, as the town declares."""
    if folder.name != WITH_STORIES:
        return ()
    return [date(until.year - 1, 5, day) for day in (12, 13, 14)]


def read_categories(path: Path) -> list[Category]:
    """The subcategories in use."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["categorie"] and line["actief"] == "ja"]
    share = rhythm.shares([line["categorie"] for line in lines])
    return [
        Category(line["categorie"], line["hoofdcategorie"], line["team"], int(line["dagen"]), share[line["categorie"]])
        for line in lines
    ]


def _receipts(
    rng: Random, categories: Sequence[Category], day: date, per_day: float, zone: str
) -> Iterator[tuple[Category, datetime]]:
    storm = rng.random() < rhythm.STORM_CHANCE[day.month - 1]
    for category in categories:
        factor = rhythm.season(category.slug, day) * rhythm.weekday(category.slug, day)
        factor *= rhythm.on_the_day(category.slug, day)
        if storm:
            factor *= rhythm.STORM.get(category.slug, 1.0)
        for _ in range(_poisson(rng, per_day * category.share * factor)):
            hour = rng.choices(range(24), weights=rhythm.hours(category.slug))[0]
            at = time(hour, rng.randrange(60), rng.randrange(60))
            yield category, datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _report(rng: Random, spots: Spots, sentences: Sentences, category: Category, moment: datetime) -> Report:
    spot, channel = spots.draw(rng, category), rng.choice(CHANNELS)
    scene = Scene(spot.street, spot.number or str(rng.randint(1, 60)), spot.kind, spot.thing)
    slug = SAID_AS.get(category.slug, category.slug)
    text, language = sentences.report(rng, slug, scene, is_call=channel == "phone")
    contact = _contact(rng) if rng.random() < WITH_CONTACT else ("", "", "")
    return Report(f"{rng.getrandbits(64):016x}", moment, category, spot, text, channel, language, contact)


def _contact(rng: Random) -> tuple[str, str, str]:
    name = f"{rng.choice(people.FIRST_NAMES)} {rng.choice(people.LAST_NAMES)}"
    mail = f"{name.lower().replace(' ', '.')}.{rng.randint(1, 999)}@voorbeeld.example"
    # No telephone number in use begins with 06 00.
    return (
        name,
        mail if rng.random() < 0.8 else "",
        f"06 00 {rng.randint(100000, 999999)}" if rng.random() < 0.4 else "",
    )


def _poisson(rng: Random, mean: float) -> int:
    """Knuth's way in pieces below 30, where the product does not underflow."""
    if mean > 30:
        return _poisson(rng, 30) + _poisson(rng, mean - 30)
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def write(all_reports: Sequence[Report], out: Path) -> None:
    """The two files of the importer, into a folder that exists."""
    with (out / "meldingen.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(report.row() for report in all_reports)
    with (out / "events.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, EVENT_COLUMNS, lineterminator="\n")
        writer.writeheader()
        for report in all_reports:
            writer.writerows(report.event_rows())


def main(arguments: Sequence[str]) -> int:
    """Write the files for a folder and an end date (YYYY-MM-DD); returns the exit status."""
    if len(arguments) != 3:
        sys.stderr.write("usage: python -m meldingen.demo.history FOLDER UNTIL OUT\n")
        return 2
    folder, until, out = Path(arguments[0]), date.fromisoformat(arguments[1]), Path(arguments[2])
    out.mkdir(parents=True, exist_ok=True)
    all_reports = reports(folder, until)
    write(all_reports, out)
    sys.stdout.write(f"{len(all_reports)} invented meldingen in {out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
