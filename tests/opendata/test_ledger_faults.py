"""Whatever fails after a draw, there is no second one: it was booked before, with its noise, and goes on with that."""

import logging
import traceback
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NoReturn

import pytest

from analytics import grid
from meldingen.tenancy.models.municipality import Municipality
from opendata import disclosure, files, ledger, origin, releases
from opendata.datasets import disclosure_grid
from opendata.disclosure import intervals, mechanism, reconcile
from opendata.disclosure.grid import Grid
from opendata.disclosure.sampler import discrete_laplace
from opendata.disclosure.tables import Table
from opendata.models import Booking, Budget, Release
from opendata.models.planned_table import table_of
from opendata.refusals import AlreadyPublished, CannotDraw, NotTheOriginal
from tests.opendata.conftest import APRIL, MAY
from tests.opendata.publishers import broken, copied_database, holding, kill, outcome, public_files, run, start
from tests.sure import sure

pytestmark = pytest.mark.usefixtures("empty_storage")


@pytest.fixture
def sampled(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every noise that was ever made here."""
    made: list[Any] = []
    real: Any = getattr(mechanism, "discrete_laplace")  # noqa: B009 - imported there

    def watched(*arguments: Any) -> Any:
        made.append(list(real(*arguments)))
        return made[-1]

    monkeypatch.setattr(mechanism, "discrete_laplace", watched)
    return made


def booked() -> dict[str, list[int]]:
    """Dataset -> noise, of a month that is paid and of which nobody saw anything."""
    assert not Release.objects.drawn().exists()
    assert not public_files()
    assert [budget.spent for budget in Budget.objects.all()] == [1]
    assert Booking.objects.count() == 3
    return {release.dataset: sure(release.noise) for release in Release.objects.order_by("pk")}


def noise_of(release: Release, publisher: Municipality) -> list[int]:
    """What was added to the counts of a release."""
    fixed = grid.fix(publisher, 2026)
    counts = grid.count(fixed, MAY.first_day, MAY.day_after)
    table = table_of(release.table)
    true = disclosure_grid(fixed).count(table, counts)
    return [row[-4] - count for row, count in zip(release.numbers, true, strict=True)]


def goes_on_with(noises: dict[str, list[int]], publisher: Municipality) -> None:
    """The next attempt releases the very draw that was booked, and nothing is paid again."""
    made = releases.publish(publisher, MAY)
    assert {release.dataset: noise_of(release, publisher) for release in made} == noises
    assert [budget.spent for budget in Budget.objects.all()] == [1]
    assert Booking.objects.count() == 3
    assert not Release.objects.filter(noise__isnull=False).exists()
    with pytest.raises(AlreadyPublished):
        releases.publish(publisher, MAY)


def failing(*_arguments: Any, **_options: Any) -> NoReturn:
    raise ValueError("the third cell held 31415")


def failing_at_the_last(real: Callable[..., Any] | type, last: int = 3) -> Callable[..., Any]:
    """As `real`, but not for the last of so many calls."""
    calls = []

    def called(*arguments: Any) -> Any:
        calls.append(1)
        return failing() if len(calls) == last else real(*arguments)

    return called


STEPS = {
    "counting": (grid, "count", failing),
    "adding": (mechanism, "_sum", failing),
    "estimating": (reconcile, "estimate", failing),
    "bounding": (intervals, "around", failing),
    "the last cell": (mechanism, "DrawnTable", failing_at_the_last(mechanism.DrawnTable)),
    "its error": (disclosure, "error_of", failing),
    "storing the last": (ledger, "_store", failing_at_the_last(ledger._store)),
}


@pytest.mark.parametrize("step", STEPS)
def test_what_fails_after_the_booking_goes_on_with_the_same_draw(
    publisher: Municipality,
    sampled: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    step: str,
) -> None:
    with monkeypatch.context() as patched, caplog.at_level(logging.DEBUG):
        patched.setattr(*STEPS[step])
        with pytest.raises(CannotDraw) as refused:
            releases.publish(publisher, MAY)
    assert "31415" not in caplog.text + "".join(traceback.format_exception(refused.value))
    noises = booked()
    goes_on_with(noises, publisher)
    assert list(noises.values()) == sampled


def test_a_draw_that_cannot_be_rounded_is_not_drawn_again_until_it_can(
    publisher: Municipality, sampled: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_: Grid | list[Fraction | Table | tuple[Any, ...]]) -> None:
        raise disclosure.errors.UnsupportedTablesError("no consistent whole numbers were found")

    with monkeypatch.context() as patched:
        patched.setattr(reconcile, "estimate", cannot)
        for _ in range(3):
            with pytest.raises(CannotDraw, match="no consistent whole numbers"):
                releases.publish(publisher, MAY)
            assert MAY in releases.due(publisher)
    assert len(sampled) == 3
    goes_on_with(booked(), publisher)


@pytest.mark.parametrize("when", ["AFTER UPDATE", "DEFERRED AFTER UPDATE"], ids=["storing", "committing"])
def test_a_full_disk_while_the_numbers_are_stored_leaves_the_booking(
    publisher: Municipality, sampled: list[Any], caplog: pytest.LogCaptureFixture, when: str
) -> None:
    with broken("opendata_release", when), pytest.raises(CannotDraw) as refused:
        releases.publish(publisher, MAY)
    told = caplog.text + "".join(traceback.format_exception(refused.value))
    assert "overig" not in told
    assert "could not extend" not in told
    goes_on_with(booked(), publisher)
    assert len(sampled) == 3


BEFORE = {
    "the noise of the last table": (mechanism, "discrete_laplace", failing_at_the_last(discrete_laplace)),
    "booking the last": (ledger, "_booking", failing_at_the_last(ledger._booking)),
}


@pytest.mark.parametrize("step", BEFORE)
def test_what_fails_before_the_booking_stands_looked_at_no_count(
    publisher: Municipality, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(*BEFORE[step])
        patched.setattr(grid, "count", lambda *_: pytest.fail("counted before it was booked"))
        with pytest.raises(CannotDraw):
            releases.publish(publisher, MAY)
    assert not Release.objects.exists()
    assert [budget.spent for budget in Budget.objects.all()] == [0]
    assert len(releases.publish(publisher, MAY)) == 3


def test_no_count_is_looked_at_before_the_booking_is_committed(
    publisher: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, real = [], grid.count

    def watched(*arguments: Any) -> dict[tuple[str | None, ...], int]:
        with holding("SELECT spent FROM opendata_budget") as other:  # a connection that sees what is committed
            seen.extend(other.cursor.fetchall())
        return real(*arguments)

    monkeypatch.setattr(grid, "count", watched)
    releases.publish(publisher, MAY)
    assert seen == [(1,)]


def test_killed_between_booking_and_counting_it_goes_on_with_the_same_draw(publisher: Municipality) -> None:
    with holding("LOCK TABLE meldingen_melding IN ACCESS EXCLUSIVE MODE") as holder:
        process = start("publish", publisher.code, str(MAY))
        holder.wait_for(1)
        kill(process)
        holder.release()
        holder.wait_until_nobody_else()
    goes_on_with(booked(), publisher)


def test_killed_while_the_numbers_are_stored_it_goes_on_with_the_same_draw(publisher: Municipality) -> None:
    with broken("opendata_release", "AFTER UPDATE", "wait"), holding("SELECT pg_advisory_lock(7)") as holder:
        process = start("publish", publisher.code, str(MAY))
        holder.wait_for(1)
        kill(process)
        holder.lock("SELECT pg_advisory_unlock(7)")
        holder.wait_until_nobody_else()
    goes_on_with(booked(), publisher)


def test_of_two_processes_that_find_a_booking_one_draws(
    publisher: Municipality, sampled: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(grid, "count", failing)
        with pytest.raises(CannotDraw):
            releases.publish(publisher, MAY)
    noises = booked()
    with holding("LOCK TABLE opendata_budget IN ACCESS EXCLUSIVE MODE") as holder:
        both = [start("publish", publisher.code, str(MAY)) for _ in range(2)]
        holder.wait_for(2)
        holder.release()
        codes, said = zip(*map(outcome, both), strict=True)
    assert sorted(codes) == [0, 1], said
    assert "already published" in said[codes.index(1)]
    assert {release.dataset: noise_of(release, publisher) for release in Release.objects.all()} == noises


def test_files_that_fail_leave_the_draw_as_it_is(
    publisher: Municipality, sampled: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(files, "write", failing)
        assert len(releases.publish(publisher, MAY)) == 3
    assert not public_files()
    drawn = list(Release.objects.values_list("rows", flat=True))
    assert releases.write_missing_files() == 3
    assert list(Release.objects.values_list("rows", flat=True)) == drawn
    assert len(sampled) == 3


@pytest.mark.slow
def test_a_database_restored_from_between_booking_and_drawing_is_refused(
    publisher: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    releases.publish(publisher, APRIL)
    with monkeypatch.context() as patched:
        patched.setattr(grid, "count", failing)
        with pytest.raises(CannotDraw):
            releases.publish(publisher, MAY)
    with copied_database() as restored:
        releases.publish(publisher, MAY)
        code, said = run("publish", publisher.code, str(MAY), database=restored)
    assert (code, "Nothing is drawn" in said) == (1, True), said


def test_a_booking_of_which_the_register_knows_more_is_not_drawn(
    publisher: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(grid, "count", failing)
        with pytest.raises(CannotDraw):
            releases.publish(publisher, MAY)
    monkeypatch.setattr(origin, "read", lambda municipality: {f"buurt-per-maand/{MAY}": "0" * 64})
    with pytest.raises(NotTheOriginal):
        releases.publish(publisher, MAY)
    booked()
