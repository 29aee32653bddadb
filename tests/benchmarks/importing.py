"""The first meldingen of the invented town with their events, by the importer, beside the bare COPY of as many rows."""

import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Max, Model

from meldingen.demo import history
from meldingen.demo.people import COLLEAGUES
from meldingen.files.rejects import Reject
from meldingen.intake.importing.meldingen import Outcome, Source, import_meldingen
from meldingen.management import rights
from meldingen.management.commands.demo_town import FOLDER, load_streets, load_town, make_colleague, make_logins
from meldingen.record.models import Event, Melding
from meldingen.tenancy.models import Municipality

UNTIL = date(2026, 11, 23)
MODELS: tuple[type[Model], ...] = (Melding, Event)


def import_table(number: int) -> Iterator[str]:
    """A line for the importer and one for the COPY."""
    with tempfile.TemporaryDirectory() as folder:
        source = _write(Path(folder), number)
        town = _town(FOLDER / "lindewaard")
        before = [_last(model) for model in MODELS]  # meldingen that the other measurements were given
        seconds = _import(town, source)
    events = Event.objects.filter(pk__gt=before[1]).count()
    yield _line("import_meldingen", number, events, seconds)
    yield _line("bare COPY", number, events, sum(map(_copy, MODELS, before)))


def _town(folder: Path) -> Municipality:
    """With its colleagues, addresses and objects, which the files name."""
    town = load_town(folder)
    make_logins(town, "", "")
    for colleague in COLLEAGUES:
        make_colleague(town, "", colleague)
    load_streets(town, folder)
    return town


def _write(folder: Path, number: int) -> Source:
    """The files of the town with as many of its oldest meldingen."""
    history.write(history.reports(FOLDER / "lindewaard", UNTIL)[:number], folder)
    return Source(folder / "meldingen.csv", events=folder / "events.csv")


def _import(town: Municipality, source: Source) -> float:
    rejects, outcome = list[Reject](), Outcome()
    began = time.perf_counter()
    with transaction.atomic():
        import_meldingen(town, source, outcome, rejects.append, lambda _rows: None)
    if rejects:
        raise AssertionError(rejects[0])
    return time.perf_counter() - began


def _last(model: type[Model]) -> int:
    return int(model._default_manager.aggregate(last=Max("pk"))["last"] or 0)


def _copy(model: type[Model], last: int) -> float:
    """Rows after the last, out of their table and into one like it, with its indexes and without its triggers."""
    table = model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if not _is_made(field))
    with rights.as_owner(), connection.cursor() as cursor, tempfile.TemporaryFile() as file:
        cursor.execute(f"CREATE TEMP TABLE bare (LIKE {table} INCLUDING DEFAULTS INCLUDING INDEXES)")
        cursor.copy_expert(f"COPY (SELECT {columns} FROM {table} WHERE id > {last:d}) TO STDOUT", file)
        file.seek(0)
        began = time.perf_counter()
        cursor.copy_expert(f"COPY bare ({columns}) FROM STDIN", file)
        seconds = time.perf_counter() - began
        cursor.execute("DROP TABLE bare")
    return seconds


def _is_made(field: object) -> bool:
    """Whether the database fills the column in."""
    return bool(getattr(field, "generated", False))


def _line(what: str, meldingen: int, events: int, seconds: float) -> str:
    return (
        f"{what:18} {meldingen:,} meldingen, {events:,} events: {seconds:6.2f} s, "
        f"{meldingen / seconds:,.0f} meldingen/s, {events / seconds:,.0f} events/s\n"
    )
