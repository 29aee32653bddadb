"""Reports and cases of a period: what is merged is one case, and what is spam is none."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from meldingen.handling import merging, triage
from meldingen.handling.figures import By, Days, Figures, Row, figures_of, period_of
from meldingen.record import workflow
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.handling.conftest import case_of

pytestmark = pytest.mark.usefixtures("published")


def figures(town: Town, by: By = By.CATEGORY, **days: date) -> list[Row]:
    today = timezone.localdate()
    asked = Days(days.get("first", today), days.get("last", today))
    return figures_of(town.municipality, Melding.objects.of(town.municipality), asked, by, timezone.now())


def test_three_reports_of_one_thing_are_one_case(town: Town) -> None:
    lead, *others = (town.melding(category=town.container) for _number in range(3))
    for other in others:
        merging.merge(case_of(town, other, town.member()), lead.pk)
    town.melding(category=town.dumping)
    (row,) = figures(town)
    assert (row.name, row.figures) == ("Afval", Figures(reports=4, merged=2, cases=2, open=2))


def test_a_case_is_solved_open_or_late_as_it_is_now(town: Town) -> None:
    late = timezone.now() - timedelta(hours=1)
    town.melding(category=town.container, deadline=late)
    resting = town.melding(category=town.container, deadline=late)
    solved, declined = (town.melding(category=town.container) for _number in range(2))
    Melding.objects.filter(pk=resting.pk).update(deadline=late + timedelta(days=2))
    triage.close(case_of(town, solved, town.member()), workflow.SOLVED, "Gedaan.")
    triage.close(case_of(town, declined, town.member()), workflow.DECLINED, "Kan niet.", reason="private")
    (row,) = figures(town)
    assert row.figures == Figures(reports=4, cases=4, solved=1, closed=2, open=2, late=1)


def test_spam_is_neither_report_nor_case(town: Town) -> None:
    triage.call_spam(case_of(town, town.melding(category=town.container), town.member()))
    assert figures(town) == []


def test_by_team_stands_who_has_them_and_what_nobody_has(town: Town) -> None:
    town.melding(team=town.roads)
    town.melding(team=town.roads)
    town.melding()
    assert [(row.name, row.id, row.figures.cases) for row in figures(town, By.TEAM)] == [
        ("Wegen", town.roads.pk, 2),
        ("", None, 1),
    ]


def test_days_are_those_of_the_town_the_last_one_too(town: Town) -> None:
    for hour in (21, 22, 23):  # in summer the day begins at 22:00 UTC
        town.melding(received_at=datetime(2026, 6, 9, hour, tzinfo=UTC))
    day = date(2026, 6, 10)
    assert sum(row.figures.reports for row in figures(town, first=day, last=day)) == 2


def test_of_a_neighbour_nothing_is_counted(town: Town, neighbour: Town) -> None:
    neighbour.melding(category=neighbour.container)
    assert figures(town) == []


def test_two_statements_however_many_there_are(town: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    town.melding(category=town.container)
    town.melding()
    with django_assert_num_queries(2):
        assert len(figures(town)) == 2


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("week", date(2026, 3, 2), date(2026, 3, 4)),
        ("last-week", date(2026, 2, 23), date(2026, 3, 1)),
        ("month", date(2026, 3, 1), date(2026, 3, 4)),
        ("last-month", date(2026, 2, 1), date(2026, 2, 28)),
    ],
)
def test_a_week_begins_on_monday_and_a_period_ends_today(name: str, first: date, last: date) -> None:
    assert period_of(name, date(2026, 3, 4)) == Days(first, last)
