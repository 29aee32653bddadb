"""Meldingen of a former system: in batches, each one transaction; what is refused is kept with its reason."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meldingen import geo, lifecycle, references, routing
from meldingen.importing.files import BrokenFile, Line, read_lines
from meldingen.importing.rows import FIELDS, REQUIRED, Reader, Rejected, Row
from meldingen.models import Category, Melding, Municipality

BATCH = 1000


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


def import_meldingen(
    municipality: Municipality,
    path: Path,
    columns: Mapping[str, str],
    on_reject: Callable[[Reject], None],
    on_rows: Callable[[int], object],
) -> Outcome:
    """Import the rows of a CSV. `columns` says which column of the file holds which field (rows.FIELDS has the names).

    Rows with an id that is there already are left as they are. `on_reject` gets each refused row, `on_rows` the number
    of rows just done. A batch is stored whole or not at all, so an import that was cut off is simply run again.
    """
    mapping = {**FIELDS, **columns}
    unknown = set(columns) - set(FIELDS)
    if unknown:
        raise BrokenFile(_("Unknown field: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    wanted = {mapping[name] for name in REQUIRED} | set(columns.values())
    reader = Reader(mapping, _categories(municipality), municipality.time_zone, timezone.now())
    outcome = Outcome()
    for lines in _in_batches(read_lines(path, sorted(wanted)), BATCH):
        rows, rejects = _read(reader, lines)
        stored, present, outside = _store(municipality, rows)
        for reject in sorted(rejects + outside, key=lambda reject: reject.line):
            on_reject(reject)
        outcome.accepted += stored
        outcome.present += present
        outcome.rejected += len(rejects) + len(outside)
        on_rows(len(lines))
    return outcome


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


def _read(reader: Reader, lines: list[Line]) -> tuple[list[Row], list[Reject]]:
    rows: dict[str, Row] = {}
    rejects = []
    for line in lines:
        try:
            row = reader.read(line)
            if row.external_id in rows:
                raise Rejected(reader.columns["id"], _("stands in the file twice"))
            rows[row.external_id] = row
        except Rejected as rejected:
            rejects.append(Reject(line.number, rejected.column, rejected.reason, line.cells))
    return list(rows.values()), rejects


@transaction.atomic
def _store(municipality: Municipality, rows: list[Row]) -> tuple[int, int, list[Reject]]:
    ids = [row.external_id for row in rows]
    there = set(
        Melding.objects.filter(municipality=municipality, external_id__in=ids).values_list("external_id", flat=True)
    )
    new = [row for row in rows if row.external_id not in there]
    meldingen, closed, outside = [], [], []
    points = [geo.from_door(row.longitude, row.latitude) for row in new]
    for row, point, located in zip(new, points, geo.locate(municipality, points), strict=True):
        if located.buurt_id is None:
            outside.append(Reject(row.line, "", _nowhere(located), row.cells))
            continue
        melding = _melding(municipality, row, point, located.buurt_id)
        if row.closed_at is None:  # what is still open and dangerous goes to the top of people's list
            routing.mark_danger(melding)
        meldingen.append(melding)
        closed.append(row.closed_at)
    lifecycle.receive_many(meldingen, closed)
    return len(meldingen), len(there), outside


def _nowhere(located: geo.Located) -> str:
    if located.in_gemeente:
        return _("in the gemeente, but further than %(metres)d metres from every buurt") % {"metres": geo.NEAR}
    return _("outside this municipality")


def _melding(municipality: Municipality, row: Row, point: Point | None, buurt_id: int) -> Melding:
    return Melding(
        municipality=municipality,
        reference=references.new_reference(),
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
