"""What the ledger promises, when things go wrong in the worst moments: real processes, real kills, real copies."""

import shutil
import traceback
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from analytics import grid
from meldingen.tenancy.models.municipality import Municipality
from opendata import origin, releases
from opendata.models import Booking, Budget, Release, ReleaseFile
from opendata.refusals import AlreadyPublished, CannotDraw
from tests.opendata.conftest import APRIL, MAY
from tests.opendata.publishers import broken, copied_database, holding, kill, outcome, public_files, run, start

pytestmark = pytest.mark.usefixtures("empty_storage")

# once with the other tests, ten times in a row with the slow ones
AGAIN = pytest.mark.parametrize("again", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 10))])


def nothing_was_drawn() -> bool:
    spent = set(Budget.objects.values_list("spent", flat=True))
    return not Release.objects.exists() and not Booking.objects.exists() and spent <= {0} and not public_files()


@AGAIN
def test_of_two_processes_at_once_one_draws_and_one_is_refused(publisher: Municipality, again: int) -> None:
    with holding("LOCK TABLE opendata_budget IN ACCESS EXCLUSIVE MODE") as holder:
        both = [start("publish", publisher.code, str(MAY)) for _ in range(2)]
        holder.wait_for(2)
        holder.release()
        codes, said = zip(*map(outcome, both), strict=True)
    assert sorted(codes) == [0, 1], said
    assert "already published" in said[codes.index(1)]
    assert Release.objects.count() == Booking.objects.count() == 3
    assert [budget.spent for budget in Budget.objects.all()] == [1]


@AGAIN
@pytest.mark.parametrize("table", ["opendata_release", "opendata_booking"])
def test_killed_between_draw_and_commit_nothing_was_drawn(publisher: Municipality, table: str, again: int) -> None:
    with holding(f"LOCK TABLE {table} IN SHARE MODE") as holder:  # reading goes on, storing what was drawn does not
        process = start("publish", publisher.code, str(MAY))
        holder.wait_for(1)
        kill(process)
        holder.release()
        holder.wait_until_nobody_else()
    assert nothing_was_drawn()
    assert len(releases.publish(publisher, MAY)) == 3


@AGAIN
def test_killed_between_commit_and_files_the_draw_stands_and_is_not_made_again(
    publisher: Municipality, again: int
) -> None:
    with holding(f"SELECT pg_advisory_xact_lock({origin.LOCK}, {publisher.pk})") as holder:
        process = start("publish", publisher.code, str(MAY))
        holder.wait_for(1)
        kill(process)
        assert not public_files()
        holder.release()
        holder.wait_until_nobody_else()
    drawn = dict(Release.objects.values_list("dataset", "rows"))
    assert len(drawn) == 3
    with pytest.raises(AlreadyPublished):
        releases.publish(publisher, MAY)
    assert releases.write_missing_files() == 3
    assert dict(Release.objects.values_list("dataset", "rows")) == drawn
    assert ReleaseFile.objects.count() == 7


AT_ONCE, AT_COMMIT = "AFTER INSERT", "DEFERRED AFTER INSERT"


@pytest.mark.parametrize("table", ["opendata_release", "opendata_booking"])
@pytest.mark.parametrize("how", [AT_ONCE, AT_COMMIT], ids=["storing", "committing"])
def test_a_full_disk_of_the_database_takes_the_draw_with_it(
    publisher: Municipality, caplog: pytest.LogCaptureFixture, table: str, how: str
) -> None:
    with broken(table, how), pytest.raises(CannotDraw) as refused:
        releases.publish(publisher, MAY)
    assert nothing_was_drawn()
    told = caplog.text + "".join(traceback.format_exception(refused.value))
    assert "overig" not in told
    assert "could not extend" not in told


@pytest.mark.parametrize("largest", [700, *(pytest.param(n, marks=pytest.mark.slow) for n in (100, 1500))])
def test_a_full_disk_of_the_files_leaves_no_half_file_and_no_second_draw(publisher: Municipality, largest: int) -> None:
    run("publish", publisher.code, str(MAY), largest_file=largest)
    drawn = dict(Release.objects.values_list("dataset", "rows"))
    assert len(drawn) == 3
    assert not [name for name in public_files() if name.startswith(".")]
    assert releases.write_missing_files() > 0
    assert dict(Release.objects.values_list("dataset", "rows")) == drawn
    whole = [name for name in public_files() if name.startswith(str(MAY)) and not name.endswith(".gz")]
    assert len(whole) == 7  # two formats of three tables, and borders of one


def test_what_is_counted_is_stored_in_the_same_snapshot_after_it_was_booked(
    publisher: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, real = [], grid.count

    def watched(*arguments: Any) -> dict[tuple[str | None, ...], int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('transaction_isolation'), pg_current_xact_id()::text")
            seen.append(cursor.fetchone())
        return real(*arguments)

    monkeypatch.setattr(grid, "count", watched)
    releases.publish(publisher, MAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT 'repeatable read', xmin::text FROM opendata_release")
        assert cursor.fetchall() == seen
        booked = set()
        for table in ("opendata_booking", "opendata_budget"):
            cursor.execute(f"SELECT DISTINCT xmin::text FROM {table}")
            booked |= {int(row[0]) for row in cursor.fetchall()}
    assert len(booked) == 1
    assert booked.pop() < int(seen[0][1])


def refused(said: tuple[int, str]) -> bool:
    code, words = said
    return code == 1 and "Nothing is drawn" in words


def test_a_database_restored_from_before_the_draw_is_refused(publisher: Municipality) -> None:
    with copied_database() as before:
        releases.publish(publisher, MAY)
        said = run("publish", publisher.code, str(MAY), database=before)
    assert refused(said), said
    assert "restored or foreign" in said[1]


def test_a_staging_copy_of_database_and_files_is_refused_even_with_publishing_on(
    publisher: Municipality, tmp_path: Path
) -> None:
    releases.publish(publisher, MAY)
    shutil.copytree(settings.DATA_DIR, tmp_path / "data", dirs_exist_ok=True)
    with copied_database() as staging:
        said = run("publish", publisher.code, str(APRIL), database=staging, data_dir=str(tmp_path / "data"))
        assert refused(said), said
    assert len(releases.publish(publisher, APRIL)) == 3


@pytest.mark.slow
def test_database_and_files_restored_together_from_before_a_draw_are_refused(
    publisher: Municipality, tmp_path: Path
) -> None:
    releases.publish(publisher, APRIL)
    shutil.copytree(settings.DATA_DIR, tmp_path / "data", dirs_exist_ok=True)
    where = {"data_dir": str(tmp_path / "data")}
    with copied_database() as restored:
        releases.publish(publisher, MAY)
        said = run("publish", publisher.code, str(MAY), database=restored, **where)
        assert refused(said), said
        # after looking at what was public, somebody may declare it the original; until then nothing
        assert run("rebuild_register", publisher.code, "--this-is-the-original", database=restored, **where)[0] == 0
        assert run("publish", publisher.code, "2026-03", database=restored, **where)[0] == 0


@pytest.mark.slow
def test_nothing_is_drawn_where_publishing_is_off(publisher: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLISHING", "off")
    code, said = run("publish", publisher.code, str(MAY))
    assert (code, "Publishing is off here" in said) == (1, True)
    assert nothing_was_drawn()
