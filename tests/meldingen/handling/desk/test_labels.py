from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import formats, timezone

from meldingen import calendar
from meldingen.handling import triage
from meldingen.handling.desk import labels
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle
from meldingen.record.models import Event, Melding
from tests.factories import Town, follower_of, mail_due
from tests.sure import sure


def happened(kind: Event.Kind | str, **codes: Any) -> Event:
    return Event(kind=kind, codes=codes)


def test_what_became_urgent_was_not_assigned() -> None:
    routed = happened(Event.Kind.ROUTED, priority={"from": 2, "to": 4})
    assert str(labels.event(routed, {}, {})) == "Prioriteit: spoed, om woorden van gevaar"


def test_spam_and_what_came_in_a_flood_are_called_so() -> None:
    spam = Event(kind=Event.Kind.MOVED, from_state="new", to_state="spam")
    assert str(labels.event(spam, {}, {})) == "Stand: Nieuw → Spam"
    flood = str(labels.event(happened(Event.Kind.RECEIVED, channel="web", is_suspect=True), {}, {}))
    assert flood.startswith("Ontvangen via Website, en verdacht")


@pytest.mark.parametrize(
    ("kind", "codes", "words"),
    [
        ("received", {"channel": "api", "danger": "gas"}, "Ontvangen via API. Gevaar: gas"),
        ("received", {"channel": "api"}, "Ontvangen via API"),
        ("warned", {"danger": "life", "answer": "called"}, "Gevraagd om 112 te bellen. Het antwoord: 112 is gebeld"),
        ("warned", {"answer": "safe"}, "Gevraagd om 112 te bellen. Het antwoord: niemand is in gevaar"),
        ("assessed", {"danger": {"from": "life", "to": ""}}, "Geen gevaar (was: Gevaar voor mensen)"),
    ],
)
def test_what_was_said_of_a_danger_is_in_words(kind: str, codes: dict[str, dict[str, str] | str], words: str) -> None:
    assert str(labels.event(happened(kind, **codes), {}, {})) == words


def test_what_waits_for_its_reporter_is_not_late() -> None:
    noon = datetime(2026, 3, 2, 11, tzinfo=UTC)
    melding = Melding(state="waiting", deadline=noon - timedelta(days=2))
    assert labels.term(melding, noon, "Europe/Amsterdam") is None


@pytest.mark.parametrize(
    ("hours", "danger", "words"),
    [
        (2, "life", "voor 14:00"),
        (20, "hazard", "morgen voor 08:00"),
        (2, "", "vandaag"),
        (-2, "life", "2 uur"),
        (-20, "life", "20 uur"),
        (-2, "", "sinds vandaag"),
    ],
)
def test_a_danger_has_a_term_by_the_clock(hours: int, danger: str, words: str) -> None:
    noon = datetime(2026, 3, 2, 11, tzinfo=UTC)
    melding = Melding(state="new", danger=danger, deadline=noon + timedelta(hours=hours))
    melding.received_at = noon - timedelta(days=9)
    assert sure(labels.term(melding, noon, "Europe/Amsterdam")).words == words


def test_what_was_routed_names_its_rule() -> None:
    assert str(labels.event(happened(Event.Kind.ROUTED, rule=3, changed=["priority"]), {}, {})).endswith("regel 3")
    assert "geen regel" in str(labels.event(happened(Event.Kind.ROUTED, rule=None, changed=["team"]), {}, {}))


def test_the_mails_to_others_are_counted_and_nobody_is_named(triager: Client, melding: Melding, address: str) -> None:
    event = sure(melding.events.first())
    Delivery.objects.all().delete()
    for number in range(3):
        follower = follower_of(melding, f"volger{number}@example.org")
        mail_due(event, follower, purpose=Delivery.Purpose.NEWS)
        mail_due(event, follower, purpose=Delivery.Purpose.INVITATION)
    page = triager.get(address).text
    assert "anderen krijgen een mail (3)" in page
    assert "volger1" not in page


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"sent_at": "now"}, "mail verstuurd"),
        ({}, "mail wordt verstuurd"),
        ({"held_at": "2026-11-26T12:00Z"}, "mail wacht: dit adres krijgt veel mail"),
        ({"due_at": None}, "mail is niet verstuurd"),
        ({"purpose": "alarm", "sent_at": "now"}, "piketmailbox gewaarschuwd"),
        ({"purpose": "alarm"}, "piketmailbox wordt gewaarschuwd"),
        ({"purpose": "alarm", "due_at": None}, "piketmailbox is niet gewaarschuwd"),
    ],
)
def test_the_history_says_what_became_of_a_mail(
    triager: Client, melding: Melding, address: str, now: datetime, values: dict[str, Any], words: str
) -> None:
    Delivery.objects.all().delete()
    values = values | {"sent_at": now, "due_at": None} if "sent_at" in values else values
    mail_due(sure(melding.events.first()), **values)
    assert words in triager.get(address).content.decode()


@pytest.mark.parametrize("later", [0, 1])
def test_the_history_says_for_which_day_it_was_planned_told_before_or_not(
    triager: Client, town: Town, melding: Melding, address: str, later: int
) -> None:
    day = calendar.local_day(timezone.now(), "Europe/Amsterdam") + timedelta(days=20)
    told = calendar.end_of_day(day, "Europe/Amsterdam")
    lifecycle.change(melding, events.Routed(), actor=events.RULE, promised_at=told)
    day += timedelta(days=later)
    triage.schedule(triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member()), day)
    assert f"Gepland voor {formats.date_format(day, 'j F Y')}" in triager.get(address).text


def test_what_is_planned_shows_its_day_beside_its_deadline() -> None:
    noon = datetime(2026, 3, 2, 11, tzinfo=UTC)
    melding = Melding(state="planned", promised_at=noon + timedelta(days=3))
    assert labels.term(melding, noon, "Europe/Amsterdam") == labels.Term("", "later", "gepland: 5 mrt 2026")
    melding.deadline = noon - timedelta(days=2)
    assert labels.term(melding, noon, "Europe/Amsterdam") == labels.Term("2 dagen", "overdue", "gepland: 5 mrt 2026")


def test_the_planned_day_is_in_the_list(triager: Client, town: Town, melding: Melding) -> None:
    day = calendar.local_day(timezone.now(), "Europe/Amsterdam") + timedelta(days=20)
    triage.schedule(triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member()), day)
    assert f"gepland: {formats.date_format(day, 'j b Y')}" in triager.get("/beheer/meldingen/melding/").text
