"""When it is to be done, and what the reporter was told of that, through what colleagues do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from meldingen.categories.models import Category
from meldingen.handling import triage
from meldingen.handling.triage import Case
from meldingen.intake.receiving import submit
from meldingen.intake.submission import Submission
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.routing import routes
from tests.factories import Town
from tests.sure import sure

LONG_AGO = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def melding(town: Town) -> Melding:
    Category.objects.filter(pk=town.dumping.pk).update(service_amount=1)
    town.dumping.refresh_from_db()
    melding = town.melding(category=town.container, received_at=LONG_AGO)
    routes.route(melding)
    return melding


@pytest.fixture
def case(town: Town, melding: Melding) -> Case:
    return triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())


def test_what_is_opened_again_has_a_term_and_a_promise_of_its_own(melding: Melding, case: Case) -> None:
    triage.close(case, "solved")
    triage.reopen(case)
    again = Melding.objects.get(pk=melding.pk)
    assert again.deadline == sure(again.promised_at) > timezone.now() + timedelta(days=2)


def test_a_corrected_category_counts_from_receipt(town: Town, melding: Melding, case: Case) -> None:
    triage.recategorise(case, town.dumping, reroute=True)
    assert sure(Melding.objects.get(pk=melding.pk).deadline) < timezone.now()


def test_a_category_corrected_after_it_was_opened_again_counts_from_then(
    town: Town, melding: Melding, case: Case
) -> None:
    triage.close(case, "solved")
    triage.reopen(case)
    triage.recategorise(case, town.dumping, reroute=True)
    assert sure(Melding.objects.get(pk=melding.pk).deadline) > timezone.now()


def test_until_when_a_danger_is_looked_at_is_no_promise_of_the_day_on_which_it_is_done(town: Town) -> None:
    said = Submission(text="Er is brand", buurt_code=town.west.code, category_slug=town.container.slug)
    melding = submit(town.municipality, said)
    assert melding.promised_at == melding.received_at + timedelta(hours=2)
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    triage.assess(case, "")
    none = Melding.objects.get(pk=melding.pk)
    assert none.promised_at == sure(none.deadline) > timezone.now() + timedelta(days=2)


def test_a_day_that_was_told_comes_no_later_for_a_danger_and_stays_when_it_is_planned(
    town: Town, melding: Melding, case: Case
) -> None:
    told = melding.promised_at
    triage.assess(case, "hazard")
    sooner = Melding.objects.get(pk=melding.pk).promised_at
    assert sooner == LONG_AGO + timedelta(hours=24) < sure(told)
    triage.schedule(case, timezone.localdate())
    planned = Melding.objects.get(pk=melding.pk).promised_at
    triage.assess(case, "")
    assert Melding.objects.get(pk=melding.pk).promised_at == planned


@pytest.mark.parametrize(("day", "code"), [(date(2020, 1, 1), "past"), (date(2099, 1, 1), "far"), (date.max, "far")])
def test_nothing_is_planned_for_a_day_that_is_over_or_more_than_a_year_away(case: Case, day: date, code: str) -> None:
    with pytest.raises(Refused, match=code):
        triage.schedule(case, day)
