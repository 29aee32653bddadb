"""In what form tables appear: by what a town declares in its first year, by what was released after it."""

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from analytics import grid
from analytics.models import Grid
from meldingen.tenancy.models.municipality import Municipality
from opendata import publication_plan, releases
from opendata.datasets import DECLARED
from opendata.datasets.reasons import reason_in_words
from opendata.disclosure import MONTHLY, Dimension, Period, PeriodKind, Table
from opendata.models import Budget, PlannedTable, Release
from opendata.refusals import CannotDraw
from tests.opendata.conftest import publishing_town


def town(**declared: Any) -> Municipality:
    return publishing_town(**declared).municipality


def volumes(place: Municipality, year: int) -> set[tuple[Any, ...]] | None:
    chosen = publication_plan.plan(grid.propose(place, year))
    return {(planned.params["volume_per_year"], planned.params["volume_of_year"]) for planned in chosen}


def test_without_a_declared_volume_nothing_is_fixed_and_it_is_said_what_to_do(transactional_db: None) -> None:
    place = town(volume=None)
    with pytest.raises(CommandError, match=r'"declared_volume" in the file of load_municipality'):
        call_command("fix_grid", place.code, "2026")
    with pytest.raises(CannotDraw, match="declared_volume"):
        releases.publish(place, Period.month(2026, 5))
    assert not Grid.objects.exists()
    assert not PlannedTable.objects.exists()


def test_the_first_year_follows_the_declared_volume(transactional_db: None) -> None:
    assert volumes(town(volume=12_345), 2026) == {(12_345, None)}


@pytest.fixture
def released(transactional_db: None) -> Municipality:
    """A town of which two quarters of 2025 were released, by a declaration of 300 a year."""
    place = town(volume=300)
    for number in (2, 3):
        releases.publish(place, Period.quarter(2025, number))
    return place


def test_the_next_year_follows_what_was_released_of_the_one_before(released: Municipality) -> None:
    totals = {release.dataset: 0 for release in Release.objects.all()}
    for release in Release.objects.all():
        totals[release.dataset] += release.total
    assert len(set(totals.values())) == 1  # the tables of a period add up alike
    assert volumes(released, 2026) == {(totals.popitem()[1] * 2, 2025)}
    assert volumes(released, 2027) == volumes(released, 2026)


def test_it_needs_no_declaration_then(released: Municipality) -> None:
    declared = volumes(released, 2026)
    released.declared_volume = None
    assert volumes(released, 2026) == declared
    with pytest.raises(CannotDraw):
        volumes(released, 2024)


def test_a_year_of_which_nothing_was_found_offers_nothing_and_says_so(
    released: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Release, "total", 0)
    call_command("fix_grid", released.code, "2026")
    chosen = publication_plan.keep(grid.fix(released, 2026))
    assert [planned.published_table() for planned in chosen] == [None] * 6
    assert "tellen op tot nul" in reason_in_words(chosen[0])


def test_a_form_that_is_kept_holds_whatever_is_released_or_declared_later(released: Municipality) -> None:
    kept = publication_plan.keep(grid.fix(released, 2025))
    released.declared_volume = 100_000
    assert [planned.table for planned in publication_plan.plan(grid.fix(released, 2025))] == [c.table for c in kept]


def test_a_table_that_is_declared_later_waits_for_a_year_without_a_plan_and_the_kept_ones_go_on(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = town(volume=100_000)
    releases.publish(place, Period.month(2026, 3))
    more = Table("gemeente", (Dimension.GEMEENTE,), PeriodKind.MONTH, Fraction(1, 10))
    monkeypatch.setattr(publication_plan, "DECLARED", (*MONTHLY, more))
    releases.publish(place, Period.month(2026, 4))
    assert set(PlannedTable.objects.values_list("asked", flat=True)) == {table.name for table in DECLARED}
    assert {budget.spent for budget in Budget.objects.all()} == {1}
    assert PlannedTable.objects.count() == len(DECLARED)
    following = publication_plan.plan(grid.propose(place, 2027))
    assert [planned.asked for planned in following] == [*(table.name for table in MONTHLY), "gemeente"]


def test_publishing_several_years_decides_each_after_the_one_before(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 5, 2, tzinfo=UTC))
    place = town(volume=300)
    for year in ("2025", "2026"):
        call_command("fix_grid", place.code, year)
    call_command("publish", "--all")
    assert set(PlannedTable.objects.values_list("year", "params__volume_of_year")) == {(2025, None), (2026, 2025)}
