"""Meldingen of a former system: in batches, each one transaction; what is refused is kept with its reason."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from meldingen.files.reading import UTF8, BrokenFile
from meldingen.files.rejects import Reject
from meldingen.files.sheets import Line, name_of, read_lines
from meldingen.intake.importing.entries import Entries, EntryReader
from meldingen.intake.importing.known import read_known
from meldingen.intake.importing.moments import Moments, form_of
from meldingen.intake.importing.past import Arrival, arrive
from meldingen.intake.importing.refusal import Rejected
from meldingen.intake.importing.rows import FIELDS, REQUIRED, Reader
from meldingen.intake.importing.storing import store
from meldingen.tenancy.models import Municipality

BATCH = 1000


@dataclass
class Outcome:
    """What became of the rows of a file; `loose` are meldingen that only the file of events names."""

    accepted: int = 0
    present: int = 0
    rejected: int = 0
    loose: int = 0


@dataclass(frozen=True)
class Source:
    """A CSV and how to read it: `columns` says which column holds which field, `dates` the form d-m-Y of its days.

    `events` is a second one, with what happened to the meldingen of the first (entries).
    """

    path: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = UTF8
    dates: str = ""
    events: Path | None = None


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Python looks for circles of objects whenever some hundreds were made, which takes a quarter of an import: here
    only `gc.collect(0)` does, after each batch.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_rare_collection()
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
    until then `outcome` says how far it came. What is still open gets team, priority and deadline from the rules,
    unless the files say who has it.
    """
    reader, columns = _reader(municipality, source)
    entries = Entries()
    if source.events:
        entries = EntryReader(reader.known, reader.moments).read_all(source.events, source.encoding)
    lines_of: dict[str, int] = {}
    for lines in _in_batches(read_lines(source.path, sorted(columns), source.encoding), BATCH):
        arrivals, rejects = _read(reader, entries, lines, lines_of)
        number, present, outside = store(municipality, arrivals)
        outcome.accepted += number
        outcome.present += present
        outcome.rejected += len(rejects) + len(outside)
        for reject in sorted(rejects + outside, key=lambda reject: reject.line):
            on_reject(reject)
        on_rows(len(lines))
        gc.collect(0)
    outcome.loose = len(entries.unread.keys() - entries.passed_over)


def _reader(municipality: Municipality, source: Source) -> tuple[Reader, set[str]]:
    """What reads the rows, and the columns that the file must have."""
    if unknown := set(source.columns) - set(FIELDS):
        raise BrokenFile(_("Unknown field: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    names = {name: name_of(column) for name, column in source.columns.items()}
    mapping = {**FIELDS, **names}
    form = form_of(source.dates) if source.dates else None
    reader = Reader(mapping, read_known(municipality), Moments(municipality.time_zone, timezone.now(), form))
    return reader, {mapping[name] for name in REQUIRED} | {column for column in names.values() if column}


def _in_batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    iterator = iter(lines)
    while batch := list(islice(iterator, size)):
        yield batch


def _read(
    reader: Reader, entries: Entries, lines: list[Line], lines_of: dict[str, int]
) -> tuple[list[Arrival], list[Reject]]:
    """The rows of a batch. `lines_of` keeps where each id of the file stands; the second row with it is refused."""
    arrivals, rejects = [], []
    for line in lines:
        try:
            row = reader.read(line)
            if (first := lines_of.setdefault(row.external_id, line.number)) != line.number:
                reason = _("stands in the file twice, on line %(first)d and on line %(second)d")
                raise Rejected(reader.columns["id"], reason % {"first": first, "second": line.number})
            arrivals.append(arrive(row, entries))
        except Rejected as rejected:
            entries.passed_over.add(line.cells.get(reader.columns["id"], "").strip())
            rejects.append(Reject(line.number, rejected.column, rejected.reason, line.cells))
    return arrivals, rejects
