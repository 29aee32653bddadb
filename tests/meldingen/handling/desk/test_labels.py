from datetime import UTC, datetime, timedelta

import pytest

from meldingen.handling.desk import labels
from meldingen.record.models import Event, Melding


def happened(kind, **codes):
    return Event(kind=kind, codes=codes)


def test_what_became_urgent_was_not_assigned():
    routed = happened(Event.Kind.ROUTED, priority={"from": 2, "to": 4})
    assert str(labels.event(routed, {}, {})) == "Prioriteit: spoed, om woorden van gevaar"


def test_spam_and_what_came_in_a_flood_are_called_so():
    spam = Event(kind=Event.Kind.MOVED, from_state="new", to_state="spam")
    assert str(labels.event(spam, {}, {})) == "Stand: Spam"
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
def test_what_was_said_of_a_danger_is_in_words(kind, codes, words):
    assert str(labels.event(happened(kind, **codes), {}, {})) == words


def test_what_waits_for_its_reporter_is_not_late():
    noon = datetime(2026, 3, 2, 11, tzinfo=UTC)
    melding = Melding(state="waiting", deadline=noon - timedelta(days=2))
    assert labels.term(melding, noon, "Europe/Amsterdam") is None


@pytest.mark.parametrize(
    ("hours", "danger", "words"),
    [(2, "life", "voor 14:00"), (20, "hazard", "morgen voor 08:00"), (2, "", "vandaag"), (-2, "life", "sinds vandaag")],
)
def test_a_danger_has_a_term_by_the_clock(hours, danger, words):
    noon = datetime(2026, 3, 2, 11, tzinfo=UTC)
    melding = Melding(state="new", danger=danger, deadline=noon + timedelta(hours=hours))
    assert labels.term(melding, noon, "Europe/Amsterdam").words == words


def test_what_was_routed_names_its_rule():
    assert str(labels.event(happened(Event.Kind.ROUTED, rule=3, changed=["priority"]), {}, {})).endswith("regel 3")
    assert "geen regel" in str(labels.event(happened(Event.Kind.ROUTED, rule=None, changed=["team"]), {}, {}))
