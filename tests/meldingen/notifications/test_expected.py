"""What a reporter reads of when it will be done: on the page of thanks, on their own page and in mails."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from meldingen.handling import triage
from meldingen.intake.receiving import submit
from meldingen.intake.submission import Submission
from meldingen.notifications.labels import expected
from meldingen.notifications.messages import message_for
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from tests.factories import Town


@pytest.fixture
def told(town: Town) -> Any:
    said = Submission(
        text="De container puilt uit", buurt_code=town.west.code, category_slug=town.container.slug,
        email="sam@example.org",
    )  # fmt: skip
    return submit(town.municipality, said)


def test_who_chose_a_category_reads_the_day_everywhere(resident: Client, told: Any) -> None:
    words = expected(told)
    assert words.startswith("Wij verwachten dat dit uiterlijk ")
    with translation.override("nl"):
        mail = message_for(Delivery.objects.get())
    page, thanks = (resident.get(f"/{page}/{told.follow_token}").text for page in ("volg", "melden/bedankt"))
    assert all(words in text for text in [page, mail.body, str(mail.alternatives[0][0])])
    assert words.removeprefix("Wij verwachten dat dit ").removesuffix(" klaar is.").capitalize() in thanks


def test_who_chose_none_reads_that_we_look_first(town: Town) -> None:
    melding = town.melding()
    assert expected(melding).startswith("Wij kijken eerst")
    lifecycle.move(melding, "in_progress", actor=events.SWEEP)
    assert expected(melding) == ""


def test_a_day_that_is_over_is_not_hidden(told: Any) -> None:
    told.promised_at = timezone.now() - timedelta(days=2)
    assert expected(told).startswith("Dit duurt langer dan wij zeiden. Het had uiterlijk ")


@pytest.mark.parametrize(
    "values", [{"state": "solved"}, {"state": "waiting"}, {"danger": "life", "state": "in_progress"}]
)
def test_of_what_is_done_waits_or_is_dangerous_no_day_is_said(told: Any, values: Any) -> None:
    for name, value in values.items():
        setattr(told, name, value)
    assert expected(told) == ""


@pytest.mark.parametrize(("text", "hours"), [("Er is brand in de container", 2), ("Het putdeksel is weg", 24)])
def test_who_reports_a_danger_reads_everywhere_until_when_it_is_looked_at(
    resident: Client, town: Town, text: str, hours: int
) -> None:
    melding = submit(town.municipality, Submission(text=text, buurt_code=town.west.code, email="sam@example.org"))
    until = timezone.localtime(melding.received_at + timedelta(hours=hours))
    words = expected(melding)
    assert words.startswith("Wij kijken hier uiterlijk ")
    assert f"{until:%H:%M}" in words
    with translation.override("nl"):
        mail = message_for(Delivery.objects.get(purpose="receipt"))
    page, thanks = (resident.get(f"/{page}/{melding.follow_token}").text for page in ("volg", "melden/bedankt"))
    assert all(words in text for text in [page, mail.body, str(mail.alternatives[0][0])])
    assert f"{until:%H:%M}" in thanks


def test_a_moment_that_is_over_is_not_hidden(town: Town) -> None:
    melding = town.melding(danger="life", promised_at=timezone.now() - timedelta(hours=1))
    assert expected(melding).startswith("Dit duurt langer dan wij zeiden. Wij hadden er uiterlijk ")


def test_who_plans_it_for_a_day_tells_that_day(town: Town, told: Any) -> None:
    case = triage.Case(melding_id=told.pk, municipality=town.municipality, actor=town.member())
    day = timezone.localdate() + timedelta(days=20)
    triage.schedule(case, day)
    assert f"{day.day} " in expected(Melding.objects.get(pk=told.pk))


def test_who_reports_a_danger_of_a_known_kind_reads_when_it_is_done_too(resident: Client, town: Town) -> None:
    said = Submission(text="Het putdeksel is weg", buurt_code=town.west.code, category_slug=town.container.slug)
    melding = submit(town.municipality, said)
    look, done = "Wij kijken hier uiterlijk ", "Wij verwachten dat dit uiterlijk "
    page = resident.get(f"/volg/{melding.follow_token}").text
    assert page.index(look) < page.index(done)
    lifecycle.move(melding, "in_progress", actor=events.SWEEP)
    assert expected(melding).startswith(done)
