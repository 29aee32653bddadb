"""Publishing: once, when it is over, where it may, everything or nothing."""

import logging
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from analytics import grid
from meldingen.tenancy.models import Municipality
from opendata import ledger, publication_plan, releases
from opendata.disclosure import Period, PeriodKind
from opendata.models import Booking, Budget, Release, ReleaseFile
from opendata.refusals import (
    AlreadyPublished,
    CannotDraw,
    NothingToPublish,
    NotRegistered,
    PeriodNotOver,
    PublishingOff,
)
from tests.opendata.conftest import MAY, publishing_town
from tests.sure import sure

SLUGS = ["buurt-per-maand", "categorie-per-maand", "wijk-hoofdcategorie-per-maand"]


def test_a_month_becomes_three_releases_with_their_files(may: list[Release]) -> None:
    assert sorted(release.dataset for release in may) == SLUGS
    assert {release.period for release in may} == {"2026-05"}
    assert ReleaseFile.objects.count() == 7


def test_every_key_of_the_grid_has_a_row_with_a_draw_an_estimate_and_an_interval(may: list[Release]) -> None:
    rows = next(release for release in may if release.dataset == "buurt-per-maand").numbers
    assert len(rows) == 3
    assert all(lower <= estimate <= upper for _, _, estimate, lower, upper in rows)


def test_the_month_is_booked_to_the_last_bit(may: list[Release]) -> None:
    budget = Budget.objects.get()
    assert [budget.period, Fraction(budget.spent), Fraction(budget.granted)] == ["2026-05", 1, 1]
    assert Booking.objects.count() == 3


def test_a_month_is_drawn_once(may: list[Release], publisher: Municipality) -> None:
    drawn = list(Release.objects.values_list("rows", flat=True))
    with pytest.raises(AlreadyPublished, match="already published for 2026-05"):
        releases.publish(publisher, MAY)
    assert list(Release.objects.values_list("rows", flat=True)) == drawn


def test_the_day_of_a_draw_is_that_of_the_municipality(
    publisher: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    releases.publish(publisher, MAY)
    with pytest.raises(AlreadyPublished, match="on 2026-07-01"):
        releases.publish(publisher, MAY)


def test_a_month_that_is_not_over_is_refused(publisher: Municipality) -> None:
    with pytest.raises(PeriodNotOver, match="9998-01 is not over yet"):
        releases.publish(publisher, Period.month(9998, 1))
    assert not Release.objects.exists()


def test_a_staging_copy_does_not_draw(publisher: Municipality, settings: Settings) -> None:
    settings.PUBLISHING = False
    with pytest.raises(PublishingOff):
        releases.publish(publisher, MAY)
    assert not Release.objects.exists()


def test_the_command_refuses_a_month_that_was_published(publisher: Municipality) -> None:
    call_command("publish", publisher.code, "2026-04")
    with pytest.raises(CommandError, match="already published"):
        call_command("publish", publisher.code, "2026-04")


def test_the_command_says_which_tables_are_too_uncertain(
    publisher: Municipality, capsys: pytest.CaptureFixture[str]
) -> None:
    for period in (["2026-04"], []):
        call_command("publish", publisher.code, *period)
        assert "too uncertain to conclude from" in capsys.readouterr().out


def test_what_is_too_imprecise_per_month_comes_per_quarter(transactional_db: None) -> None:
    town = publishing_town(volume=300).municipality
    with pytest.raises(NothingToPublish, match="verwachte fout"):
        releases.publish(town, MAY)
    made = releases.publish(town, Period.quarter(2026, 2))
    assert {release.period for release in made} == {"2026-Q2"}
    assert {budget.period for budget in Budget.objects.all()} == {"2026-04", "2026-05", "2026-06"}


def test_a_quarter_and_its_months_cannot_both_be_drawn_with_one_share(
    publisher: Municipality, may: list[Release]
) -> None:
    fixed = grid.fix(publisher, 2026)
    chosen = publication_plan.plan(fixed)
    monthly = [
        table for planned in chosen if (table := sure(planned.published_table())).period_kind is PeriodKind.MONTH
    ]
    quarterly = [sure(table.coarser_period()) for table in monthly]
    with pytest.raises(CannotDraw, match="2026-05 cannot pay"):
        ledger.draw_once(fixed, Period.quarter(2026, 2), quarterly)


def test_due_is_every_closed_period_of_a_fixed_year_and_does_not_look_at_meldingen(
    publisher: Municipality, may: list[Release]
) -> None:
    due = [str(period) for period in releases.due(publisher)]
    assert due[:4] == ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert "2026-05" not in due


def test_a_month_without_registration_is_not_due_and_not_drawn(transactional_db: None) -> None:
    town = publishing_town(registered_from=date(2026, 4, 2)).municipality
    grid.fix(town, 2026)
    assert [str(period) for period in releases.due(town)][:2] == ["2026-05", "2026-06"]
    with pytest.raises(NotRegistered, match="not all of its days"):
        releases.publish(town, Period.month(2026, 4))
    assert not Release.objects.exists()


def test_nothing_drawn_is_logged(publisher: Municipality, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        releases.publish(publisher, MAY)
    rows = [str(row) for release in Release.objects.all() for row in release.numbers]
    assert not any(row in record.getMessage() for record in caplog.records for row in rows)


def test_the_command_tells_what_was_published_and_no_number(
    publisher: Municipality, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("publish", publisher.code, "2026-05")
    out = capsys.readouterr().out
    assert "published buurt-per-maand/2026-05: 3 rows, epsilon 0.300" in out


def test_the_command_refuses_what_is_no_period(publisher: Municipality) -> None:
    with pytest.raises(CommandError, match="a period is written"):
        call_command("publish", publisher.code, "2026-13x")


def test_without_a_period_it_publishes_what_is_due_and_nothing_twice(
    publisher: Municipality, may: list[Release], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("publish", publisher.code)
    number = Release.objects.count()
    call_command("publish", publisher.code)
    assert Release.objects.count() == number
    assert "0 periods, 0 tables published" in capsys.readouterr().out


@pytest.mark.parametrize("said", [(), ("GM0001", "--all"), ("--dry-run",)])
def test_it_publishes_for_everybody_only_when_told_so(publisher: Municipality, said: tuple[Any, ...]) -> None:
    with pytest.raises(CommandError, match="--all"):
        call_command("publish", *(publisher.code if word == "GM0001" else word for word in said))


def test_what_was_published_is_told_when_the_command_is_cut_off(
    publisher: Municipality, may: list[Release], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish, periods = releases.publish, []

    def interrupted(municipality: Municipality, period: Period, is_last: Any = True) -> list[Release] | None:
        periods.append(period)
        if len(periods) == 2:
            raise KeyboardInterrupt
        return publish(municipality, period)

    monkeypatch.setattr(releases, "publish", interrupted)
    with pytest.raises(KeyboardInterrupt):
        call_command("publish", publisher.code)
    said = capsys.readouterr().out
    published = Release.objects.filter(period=str(periods[0])).count()
    assert f"1 periods, {published} tables published" in said
    assert "It was cut off" in said


def test_the_newest_file_has_an_address_that_stays(
    visitor: Client, may: list[Release], publisher: Municipality
) -> None:
    releases.publish(publisher, Period.month(2026, 6))
    response = visitor.get("/data/buurt-per-maand/laatste.csv")
    assert (response.status_code, response["Location"]) == (302, "/data/buurt-per-maand/2026-06.csv")
