"""Meldingen of a former system: in batches, each one transaction; what is refused is kept with its reason."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meldingen.categories.models import Category
from meldingen.classification.emergencies import find_danger
from meldingen.files.reading import UTF8, BrokenFile
from meldingen.files.sheets import Line, name_of, read_lines
from meldingen.intake.importing.moments import Moments, form_of
from meldingen.intake.importing.rows import FIELDS, REQUIRED, Reader, Rejected, Row
from meldingen.places import geo
from meldingen.record import lifecycle, references
from meldingen.record.models import Melding
from meldingen.routing import planning, routes
from meldingen.tenancy.models import Municipality

BATCH = 1000
_TRIES = 3


@dataclass(frozen=True)
class Reject:
    """A row that was not imported: where it stands, which column and why."""

    line: int
    column: str
    reason: str
    cells: Mapping[str, str]


@dataclass
class Outcome:
    """What became of the rows of a file."""

    accepted: int = 0
    present: int = 0
    rejected: int = 0


@dataclass(frozen=True)
class Source:
    """A CSV and how to read it: `columns` says which column holds which field, `dates` the form d-m-Y of its days."""

    path: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = UTF8
    dates: str = ""


def import_meldingen(
    municipality: Municipality,
    source: Source,
    outcome: Outcome,
    on_reject: Callable[[Reject], None],
    on_rows: Callable[[int], object],
) -> None:
    """Import the rows of a CSV (rows.FIELDS has the names of the fields) and count in `outcome` what became of them.

    Rows with an id that is there already are left as they are. `on_reject` gets each refused row, `on_rows` the number
    of rows just done. A batch is stored whole or not at all, so an import that was cut off is simply run again, and
    until then `outcome` says how far it came. What is still open gets team, priority and deadline from the rules.
    """
    reader, wanted = _reader(municipality, source)
    lines_of: dict[str, int] = {}
    for lines in _in_batches(read_lines(source.path, sorted(wanted), source.encoding), BATCH):
        rows, rejects = _read(reader, lines, lines_of)
        stored, present, outside = _store(municipality, rows)
        outcome.accepted += stored
        outcome.present += present
        outcome.rejected += len(rejects) + len(outside)
        for reject in sorted(rejects + outside, key=lambda reject: reject.line):
            on_reject(reject)
        on_rows(len(lines))


def _reader(municipality: Municipality, source: Source) -> tuple[Reader, set[str]]:
    """What reads the rows, and the columns that the file must have."""
    if unknown := set(source.columns) - set(FIELDS):
        raise BrokenFile(_("Unknown field: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    said = {name: name_of(column) for name, column in source.columns.items()}
    mapping = {**FIELDS, **said}
    form = form_of(source.dates) if source.dates else None
    reader = Reader(mapping, _categories(municipality), Moments(municipality.time_zone, timezone.now(), form))
    return reader, {mapping[name] for name in REQUIRED} | {column for column in said.values() if column}


def _in_batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    iterator = iter(lines)
    while batch := list(islice(iterator, size)):
        yield batch


def _categories(municipality: Municipality) -> dict[tuple[str, str], Category]:
    known: dict[tuple[str, str], Category] = {}
    for category in Category.objects.filter(municipality=municipality, parent__isnull=False).select_related("parent"):
        if category.parent is not None:
            known[category.parent.slug, category.slug] = known["", category.slug] = category
    return known


def _read(reader: Reader, lines: list[Line], lines_of: dict[str, int]) -> tuple[list[Row], list[Reject]]:
    """The rows of a batch. `lines_of` keeps where each id of the file stands; the second row with it is refused."""
    rows, rejects = [], []
    for line in lines:
        try:
            row = reader.read(line)
            if (first := lines_of.setdefault(row.external_id, line.number)) != line.number:
                reason = _("stands in the file twice, on line %(first)d and on line %(second)d")
                raise Rejected(reader.columns["id"], reason % {"first": first, "second": line.number})
            rows.append(row)
        except Rejected as rejected:
            rejects.append(Reject(line.number, rejected.column, rejected.reason, line.cells))
    return rows, rejects


def _store(municipality: Municipality, rows: list[Row]) -> tuple[int, int, list[Reject]]:
    """Store a batch. What somebody else stored at this very moment, a reference or an id, costs another try."""
    for _attempt in range(_TRIES):
        try:
            return _store_once(municipality, rows)
        except IntegrityError as error:
            last = error
    raise last


@transaction.atomic
def _store_once(municipality: Municipality, rows: list[Row]) -> tuple[int, int, list[Reject]]:
    # The index has no empty ids, and the planner does not see by itself that none of a thousand is empty.
    imported = Melding.objects.filter(municipality=municipality).exclude(external_id="")
    known = imported.filter(external_id__in=[row.external_id for row in rows])
    there = set(known.values_list("external_id", flat=True))
    new = [row for row in rows if row.external_id not in there]
    fresh = iter(_fresh_references(municipality, len(new)))
    meldingen, closed, outside = [], [], []
    points = [geo.from_door(row.longitude, row.latitude) for row in new]
    for row, point, located in zip(new, points, geo.locate(municipality, points), strict=True):
        if located.buurt_id is None:
            outside.append(Reject(row.line, "", _nowhere(located), row.cells))
            continue
        melding = _melding(municipality, row, point, located.buurt_id, next(fresh))
        if row.closed_at is None:  # what is still open and dangerous goes to the top of people's list
            routes.mark_danger(melding, find_danger(melding.text))
            melding.deadline = planning.deadline_of_danger(melding)
        meldingen.append(melding)
        closed.append(row.closed_at)
    lifecycle.receive_many(meldingen, closed)
    for melding, closed_at in zip(meldingen, closed, strict=True):
        if closed_at is None:
            routes.route(melding)
    return len(meldingen), len(there), outside


def _nowhere(located: geo.Located) -> str:
    if located.in_gemeente:
        return _("in the gemeente, but further than %(metres)d metres from every buurt") % {"metres": geo.NEAR}
    return _("outside this municipality")


def _fresh_references(municipality: Municipality, number: int) -> list[str]:
    """References that no melding of the municipality has: of a hundred thousand beside two million, some are taken."""
    fresh: set[str] = set()
    while len(fresh) < number:
        drawn = {references.new_reference() for _ in range(number - len(fresh))}
        taken = Melding.objects.filter(municipality=municipality, reference__in=drawn)
        fresh |= drawn - set(taken.values_list("reference", flat=True))
    return list(fresh)


def _melding(municipality: Municipality, row: Row, point: Point | None, buurt_id: int, reference: str) -> Melding:
    return Melding(
        municipality=municipality,
        reference=reference,
        follow_token=references.new_follow_token(),
        text=row.text,
        point=point,
        place_source=Melding.PlaceSource.PIN,
        buurt_id=buurt_id,
        category=row.category,
        category_by=Melding.CategoryBy.IMPORT,
        team_id=row.category.default_team_id,
        source=Melding.Source.IMPORT,
        received_at=row.received_at,
        external_id=row.external_id,
    )
