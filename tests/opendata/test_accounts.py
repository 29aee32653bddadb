"""Tables that the months pay for and tables that the year pays for: two plans that may come to the same table."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from analytics import grid
from analytics.grid import FixedGrid
from meldingen.tenancy.models.municipality import Municipality
from opendata import files, ledger, publication_plan, releases
from opendata.datasets import reasons
from opendata.datasets.declared import Dataset, slug_of
from opendata.disclosure import MONTHLY, YEARLY, Period
from opendata.disclosure.tables import Table
from opendata.models import Booking, Budget, PlannedTable, Release
from opendata.refusals import AlreadyPublished, CannotDraw, PeriodNotOver
from tests.factories import AreaFactory, CategoryFactory
from tests.opendata.conftest import publishing_town
from tests.sure import sure

YEAR = Period.whole_year(2026)
BY_YEAR, BY_MONTHS = "wijk-hoofdcategorie-per-jaar", "wijk-hoofdcategorie-per-jaar-maandbudget"


@pytest.fixture
def first_of_april(monkeypatch: pytest.MonkeyPatch) -> None:
    """1 April 2027, when 2026 is drawn."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 4, 1, 8, tzinfo=UTC))


@pytest.fixture
def place(transactional_db: None, monkeypatch: pytest.MonkeyPatch, first_of_april: None) -> Municipality:
    """A town of 1,000 meldingen a year with the monthly and the yearly tables, but for handling times."""
    monkeypatch.setattr(publication_plan, "DECLARED", (*MONTHLY, *YEARLY[:2]))
    monkeypatch.setattr(reasons, "DECLARED", (*MONTHLY, *YEARLY[:2]))
    made = publishing_town(host="klein.example", volume=1000, registered_from=date(2026, 1, 1))
    own = {"municipality": made.municipality}
    for number in range(2, 6):
        wijk = AreaFactory.create(**own, level="wijk", code=f"WK{number:06}", parent=made.gemeente)
        for buurt in range(6):
            AreaFactory.create(**own, level="buurt", code=f"BU{number:06}{buurt:02}", parent=wijk)
    for _ in range(7):
        CategoryFactory.create_batch(2, **own, parent=CategoryFactory.create(**own))
    return made.municipality


def test_months_and_year_come_to_one_table_and_both_are_drawn(place: Municipality) -> None:
    releases.publish(place, YEAR)
    drawn = set(Release.objects.filter(period="2026").values_list("dataset", flat=True))
    assert {BY_YEAR, BY_MONTHS} <= drawn
    paid = {
        slug: sorted(Booking.objects.filter(release__dataset=slug).values_list("budget__period", flat=True))
        for slug in (BY_YEAR, BY_MONTHS)
    }
    assert paid == {BY_YEAR: ["2026"], BY_MONTHS: [str(month) for month in YEAR.months]}
    assert all(budget.spent <= 1 for budget in Budget.objects.all())
    with pytest.raises(AlreadyPublished):
        releases.publish(place, YEAR)


def test_each_has_its_own_page_name_and_files(place: Municipality) -> None:
    releases.publish(place, YEAR)
    visitor = Client(headers={"host": "klein.example"})
    titles = [
        visitor.get(f"/data/{slug}/").text.partition("<h1")[2].partition("</h1>")[0] for slug in (BY_YEAR, BY_MONTHS)
    ]
    assert [title.endswith("(budget van de maanden)") for title in titles] == [False, True]
    files = [visitor.get(f"/data/{slug}/2026.csv").content for slug in (BY_YEAR, BY_MONTHS)]
    assert files[0] != files[1]
    assert visitor.get("/data/catalog.ttl").status_code == 200


def test_each_table_is_offered_by_the_budget_that_pays_for_it(place: Municipality) -> None:
    chosen = {planned.asked: planned for planned in publication_plan.plan(grid.propose(place, 2026))}
    assert chosen["buurt-hoofdcategorie"].account == "jaar"
    place.epsilon_year = Decimal("0.1")
    less = {planned.asked: planned for planned in publication_plan.plan(grid.propose(place, 2026))}
    assert less["buurt-hoofdcategorie"].params != chosen["buurt-hoofdcategorie"].params
    assert less["buurt"].params == chosen["buurt"].params


def test_a_year_is_drawn_on_the_first_of_april_and_not_before(
    place: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid.fix(place, 2026)
    assert YEAR in releases.due(place)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 3, 31, 12, tzinfo=UTC))
    assert YEAR not in releases.due(place)
    with pytest.raises(PeriodNotOver, match="Publish from 2027-04-01 on"):
        releases.publish(place, YEAR)
    assert Period.month(2026, 12).draw_day == date(2027, 1, 1)
    assert Period.quarter(2026, 4).draw_day == date(2027, 1, 1)


def test_when_the_draw_of_one_budget_fails_the_other_stands_and_only_that_one_is_drawn_later(
    place: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ledger.draw_once

    def refusing(fixed: FixedGrid, period: Period, tables: tuple[Table, Table]) -> list[int] | None:
        if tables[0].paid_by == "jaar":
            raise CannotDraw("not now")
        return real(fixed, period, tables)

    with monkeypatch.context() as patched:
        patched.setattr(ledger, "draw_once", refusing)
        with pytest.raises(CannotDraw):
            releases.publish(place, YEAR)
    first = {release.pk for release in Release.objects.all()}
    assert first
    assert files.incomplete() == []
    assert YEAR in releases.due(place)
    later = releases.publish(place, YEAR)
    assert {release.table["account"] for release in later} == {"jaar"}
    assert not first & {release.pk for release in later}
    assert YEAR not in releases.due(place)


def test_a_table_that_has_another_slug_than_before_is_not_drawn_twice(
    place: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(ledger, "slug_of", lambda table: f"vroeger-{slug_of(table)}")
        releases.publish(place, YEAR)
    assert YEAR not in releases.due(place)
    with pytest.raises(AlreadyPublished):
        releases.publish(place, YEAR)
    assert not Release.objects.filter(dataset=BY_YEAR).exists()


def test_a_form_is_kept_for_each_account(place: Municipality) -> None:
    fixed = grid.fix(place, 2026)
    publication_plan.keep(fixed)
    assert publication_plan.keep(fixed) == list(PlannedTable.objects.order_by("id"))
    assert set(PlannedTable.objects.values_list("asked", "account")) == {
        (table.name, str(table.paid_by)) for table in (*MONTHLY, *YEARLY[:2])
    }


def test_the_usual_names_have_no_account_in_them() -> None:
    assert [slug_of(table) for table in YEARLY[:2]] == ["buurt-hoofdcategorie-per-jaar", "wijk-categorie-per-jaar"]
    quarterly = sure(MONTHLY[0].coarser_period())
    assert slug_of(quarterly) == "wijk-hoofdcategorie-per-kwartaal"
    assert slug_of(sure(quarterly.coarser_period())) == BY_MONTHS
    assert Dataset(quarterly).title == "Meldingen per wijk en hoofdcategorie"
