"""What will be drawn is said before it is."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from analytics import grid
from analytics.models import Grid
from meldingen.tenancy.models import Municipality
from opendata import outlook
from opendata.models import PlannedTable, Release
from tests.opendata.conftest import publishing_town


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of August 2026."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 8, 20, tzinfo=UTC))


@pytest.fixture
def code(transactional_db: None, today: None) -> str:
    """A town that registered in May, June and July, but for three days and for ten."""
    made = publishing_town(registered_from=date(2026, 5, 1), registered_until=date(2026, 7, 31))
    made.municipality.gaps.create(first_day=date(2026, 5, 3), last_day=date(2026, 5, 5))
    made.municipality.gaps.create(first_day=date(2026, 7, 1), last_day=date(2026, 7, 10))
    return made.municipality.code


def test_fixing_a_grid_says_first_of_which_months_what_is_drawn(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("fix_grid", code, "2026")
    said = capsys.readouterr().out
    assert "registers meldingen from 2026-05-01 until 2026-07-31, not from 2026-05-03 to 2026-05-05" in said
    assert said.count("2026-05 to 2026-06: drawn when over, expected error ") == 3
    assert "2026-05: marked, 3 of its days without registration" in said
    assert "2026-01 to 2026-04, 2026-08 to 2026-12: not drawn, not all of its days" in said
    assert "2026-07: not drawn, more than a tenth" in said
    assert said.index("drawn when") < said.index("3 categories")


def test_a_dry_run_says_the_same_and_fixes_and_draws_nothing(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("fix_grid", code, "2026", "--dry-run")
    assert "2026-05 to 2026-06: drawn when over, expected error " in capsys.readouterr().out
    assert not Grid.objects.exists()
    grid.fix(Municipality.objects.get(code=code), 2026)
    call_command("publish", "--all", "--dry-run")
    assert "2026-05 to 2026-06: drawn now" in capsys.readouterr().out
    call_command("publish", code, "2026-05", "--dry-run")
    assert "2026-05: drawn now" in capsys.readouterr().out
    assert not Release.objects.exists()
    assert not PlannedTable.objects.exists()


def test_publishing_says_first_what_is_drawn_and_what_is_not(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    grid.fix(Municipality.objects.get(code=code), 2026)
    call_command("publish", "--all")
    said = capsys.readouterr().out
    assert "2026-01 to 2026-04: not drawn, not all of its days" in said
    assert said.index("2026-05 to 2026-06: drawn now") < said.index("6 tables published")
    assert set(Release.objects.values_list("period", flat=True)) == {"2026-05", "2026-06"}
    call_command("publish", "--all")
    assert "drawn now" not in capsys.readouterr().out


def test_a_month_says_what_is_drawn_or_why_it_is_not(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("publish", code, "2026-05")
    said = capsys.readouterr().out
    assert said.index("2026-05: drawn now") < said.index("published buurt-per-maand/2026-05")
    for period, why in (("2026-04", "not all of its days"), ("2026-07", "more than a tenth"), ("2026-09", "not over")):
        with pytest.raises(CommandError, match=why):
            call_command("publish", code, period)
    assert set(Release.objects.values_list("period", flat=True)) == {"2026-05"}


def test_a_town_that_declares_nothing_hears_what_to_do(
    transactional_db: None, today: None, capsys: pytest.CaptureFixture[str]
) -> None:
    code = publishing_town(registered_from=None).municipality.code
    call_command("fix_grid", code, "2026")
    assert "Declare registered_from in the file of load_municipality" in capsys.readouterr().out
    call_command("publish", "--all")
    with pytest.raises(CommandError, match="Declare registered_from"):
        call_command("publish", code, "2026-05")
    assert not Release.objects.exists()


def test_an_outlook_stores_nothing(code: str) -> None:
    outlook.of_year(Municipality.objects.get(code=code), 2026)
    outlook.of_now(Municipality.objects.get(code=code), 2026)
    assert not Grid.objects.exists()
    assert not PlannedTable.objects.exists()


def test_a_dry_run_says_what_is_published_already(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("publish", code, "2026-05")
    capsys.readouterr()
    call_command("publish", code, "2026-05", "--dry-run")
    said = capsys.readouterr().out
    assert "2026-05: published already" in said
    assert "drawn now" not in said


def test_a_dry_run_of_a_period_for_which_there_is_no_table_says_so(
    transactional_db: None, today: None, capsys: pytest.CaptureFixture[str]
) -> None:
    code = publishing_town(registered_from=date(2026, 1, 1)).municipality.code
    with pytest.raises(CommandError, match=r"No table of .* is published per quarter"):
        call_command("publish", code, "2026-Q2", "--dry-run")
    assert "drawn now" not in capsys.readouterr().out
