import csv
import io
import resource
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from meldingen.exports import content, files, writing
from meldingen.exports.columns import COLUMNS
from meldingen.exports.models import Export
from meldingen.tenancy.models import AuditEntry, Membership
from tests.factories import Town, reporter_of
from tests.meldingen.exports.conftest import Asked


def _lines(export: Export) -> list[list[str]]:
    text = files.read(export).read().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def _written(export: Export) -> Export:
    writing.write(export.pk)
    export.refresh_from_db()
    return export


def test_the_file_has_a_heading_and_each_melding_with_for_whom_it_is(asked: Asked, town: Town) -> None:
    melding = town.melding(text="=cmd()")
    export = _written(asked())
    heading, row = _lines(export)
    assert (export.stage, export.total, export.due_at) == ("ready", 1, None)
    assert (heading[-1], row[-1]) == ("vertrouwelijkheid", "intern, alleen voor collega's")
    assert heading[:3] == ["nummer", "ontvangen", "stand"]
    assert row[0].replace("-", "") == melding.reference
    assert row[[column.key for column in COLUMNS].index("text")] == "'=cmd()"


def test_no_meldingen_are_a_file_without_rows(asked: Asked) -> None:
    export = _written(asked())
    assert (export.stage, export.total, len(_lines(export))) == ("ready", 0, 1)


def test_contact_details_are_in_it_for_who_asked(asked: Asked, town: Town) -> None:
    reporter_of(town.melding(), "sam@example.org", name="Sam")
    assert b"sam@example.org" not in files.read(_written(asked(kind="csv"))).read()
    assert b"sam@example.org" in files.read(_written(asked(with_contact=True))).read()


def test_contact_details_that_go_out_stand_in_the_audit_log(asked: Asked, town: Town) -> None:
    _written(asked())
    assert not AuditEntry.objects.filter(kind="contact_exported").exists()
    export = _written(asked(with_contact=True))
    entry = AuditEntry.objects.get(kind="contact_exported")
    assert (entry.actor, entry.codes) == (export.owner, {"meldingen": 0})


def test_it_is_in_the_language_of_who_asked(asked: Asked) -> None:
    assert _lines(_written(asked(language="en")))[0][:2] == ["reference", "received"]


def test_who_lost_the_right_meanwhile_gets_no_file(asked: Asked, town: Town) -> None:
    me = town.member()
    export = asked(me, with_contact=True)
    Membership.objects.filter(user=me).update(role="reader")
    assert (_written(export).stage, export.refusal) == ("failed", "no_right")
    assert not files.storage().exists(files.name_of(export))


def test_a_second_worker_leaves_it_to_the_first(asked: Asked) -> None:
    export = asked()
    Export.objects.update(stage="running", runs=1, leased_until=timezone.now() + timedelta(seconds=30))
    assert (_written(export).stage, export.runs) == ("running", 1)


def test_when_a_worker_died_the_next_begins_anew(asked: Asked, town: Town) -> None:
    town.melding()
    export = asked()
    Export.objects.update(stage="running", runs=1, done=400, leased_until=timezone.now() - timedelta(seconds=1))
    assert (_written(export).stage, export.runs, export.done) == ("ready", 2, 1)


def test_what_kills_every_worker_ends(asked: Asked) -> None:
    export = asked()
    Export.objects.update(stage="running", runs=writing.MOST_RUNS, leased_until=None)
    assert (_written(export).stage, export.refusal) == ("failed", "broken")


def test_who_is_overtaken_stops(asked: Asked, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.melding()
    export = asked()
    portions = content.portions

    def overtake(ids: object) -> Iterator[list[int]]:
        Export.objects.update(runs=7)
        return portions(ids)  # type: ignore[arg-type]

    monkeypatch.setattr(content, "portions", overtake)
    assert (_written(export).stage, export.runs) == ("running", 7)
    assert not files.storage().exists(files.name_of(export))


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No file of this process grows beyond 100 bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_full_disk_is_said_and_leaves_nothing(asked: Asked, town: Town, full_disk: None, kind: str) -> None:
    town.melding(text="x" * 20_000)
    export = _written(asked(kind=kind))
    assert (export.stage, export.refusal) == ("failed", "disk")
    assert not files.storage().exists(files.name_of(export))


def test_a_portion_costs_the_same_however_many_there_are(
    asked: Asked, town: Town, django_assert_num_queries: object
) -> None:
    for _ in range(5):
        town.melding()
    export = asked()
    with django_assert_num_queries(21):  # type: ignore[operator]
        writing.write(export.pk)


def test_more_than_a_sheet_holds_is_refused(asked: Asked, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST", 1)
    town.melding()
    town.melding()
    assert (_written(asked()).stage, Export.objects.get().refusal) == ("failed", "too_large")
