from datetime import UTC, datetime
from typing import Any

import pytest

from meldingen.intake.receiving import submit
from meldingen.intake.submission import Submission
from meldingen.languages import Texts
from meldingen.notifications import alarms
from meldingen.places.models import Asset, AssetKind
from meldingen.record import events, lifecycle
from meldingen.record.models import Event
from meldingen.routing import planning
from tests.factories import Town

SECRET = "Jansen"


@pytest.fixture
def event(town: Town) -> Any:
    """The receipt of a fire, reported with words, a place and a name that no mail may hold."""
    municipality = town.municipality
    municipality.duty_email, municipality.night_phone = "piket@example.org", "14 0123"
    municipality.save()
    said = Submission(
        text=f"Er is brand bij {SECRET}", place_text=f"bij {SECRET}", name=SECRET, email=f"{SECRET}@example.org",
        phone="0612345678", buurt_code=town.west.code, category_slug="container-vol", danger_answer="called",
    )  # fmt: skip
    return submit(municipality, said).events.get(kind=Event.Kind.RECEIVED)


def both(mail: Any) -> Any:
    """The text and the HTML of a mail."""
    return [mail.body, *(str(content) for content, _kind in mail.alternatives)]


def test_it_says_what_where_since_when_and_where_to_read_it(town: Town, event: Event) -> None:
    melding = event.melding
    mail = alarms.alarm(town.municipality, [event])
    reference = f"{melding.reference[:4]}-{melding.reference[4:]}"
    assert mail.subject == f"Gevaar voor mensen: {town.west.name}, {reference}"
    for words in both(mail):
        assert reference in words
        assert town.west.name in words
        assert "Container vol" in words
        assert "112 is gebeld" in words
        assert f"http://stad.example/beheer/meldingen/melding/{melding.pk}/change/" in words


def test_it_holds_no_word_of_the_reporter_and_no_address_for_residents(town: Town, event: Event) -> None:
    mail = alarms.alarm(town.municipality, [event])
    for words in [mail.subject, *both(mail)]:
        assert SECRET not in words
        assert "0612345678" not in words
        assert event.melding.follow_token not in words


def test_it_names_the_street_and_the_object_for_who_has_to_go_there(town: Town) -> None:
    own, name = {"municipality": town.municipality}, Texts(nl="Lichtmast")
    kind = AssetKind.objects.create(**own, slug="lamp", name_texts=name, plural_texts=name)
    lamp = Asset.objects.create(**own, kind=kind, buurt=town.west, point=town.point(), number="L-1044")
    melding = town.melding(danger="gas", address="Lindestraat 12, 1234 AB Stad", asset=lamp)
    mail = alarms.alarm(town.municipality, [melding.events.get(kind=Event.Kind.RECEIVED)])
    for words in both(mail):
        assert "Lichtmast L-1044, Lindestraat 12, 1234 AB Stad" in words
        assert town.west.name in words


def test_days_and_hours_are_local(town: Town) -> None:
    at = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
    melding = town.melding(received_at=at, danger="life")
    melding.deadline = planning.deadline_of_danger(melding)
    lifecycle.change(melding, events.Noted(), actor=events.SWEEP, deadline=melding.deadline)
    mail = alarms.alarm(town.municipality, [melding.events.get(kind="received")])
    assert "maandag 2 maart 2026, 23:30" in mail.body
    assert "dinsdag 3 maart, 01:30" in mail.body


def test_many_are_counted_and_the_first_named(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alarms, "MOST_LINES", 2)
    events = [town.melding(danger=danger).events.get() for danger in ("hazard", "gas", "life", "life")]
    mail = alarms.alarm(town.municipality, events)
    assert mail.subject == "Gevaar: gas: 4 meldingen"
    for words in both(mail):
        assert "2 andere meldingen" in words
        assert events[1].melding.reference[4:] in words
        assert events[2].melding.reference[4:] not in words


def test_the_same_meldingen_are_the_same_message_and_answering_machines_leave_it_alone(
    town: Town, event: Event
) -> None:
    first, second = (alarms.alarm(town.municipality, [event]) for _ in range(2))
    assert first.extra_headers == second.extra_headers
    assert first.extra_headers["Auto-Submitted"] == "auto-generated"
    other = alarms.alarm(town.municipality, [event, town.melding(danger="gas").events.get()])
    assert other.extra_headers["Message-ID"] != first.extra_headers["Message-ID"]
