import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from meldingen.handling import triage
from meldingen.intake import suggestions
from meldingen.intake.receiving import VERSIONS, second_of, submit, submit_changed
from meldingen.intake.submission import MAX_TEXT, Submission
from meldingen.languages import Texts
from meldingen.limits.senders import Sender
from meldingen.notifications.models import Delivery
from meldingen.places.geo import to_door
from meldingen.places.models import Asset, AssetKind
from meldingen.record import events, references
from meldingen.record.models import Event, Melding, Reporter
from meldingen.refusals import Refused
from tests.factories import Town
from tests.sure import sure


def refusal(town: Town, said: Submission, **changes: Any) -> str:
    with pytest.raises(Refused) as caught:
        submit(town.municipality, replace(said, **changes))
    assert not Melding.objects.exists()
    return caught.value.code


def received_of(melding: Melding) -> Any:
    """What its history begins with."""
    return events.of(melding.events.get())


def test_it_stores_melding_reporter_event_and_the_mail_that_is_due(town: Town, said: Submission) -> None:
    melding = submit(town.municipality, replace(said, email="sam@example.org", language="en"))
    event = Event.objects.get(melding=melding)
    assert (event.kind, event.to_state, event.actor_kind) == ("received", "new", "reporter")
    assert event.codes == {"channel": "web", "priority": {"from": None, "to": 2}}
    assert Reporter.objects.get().language == "en"
    assert Delivery.objects.get().event == event


def test_it_asks_for_classification_and_receipt_when_it_commits(
    town: Town, said: Submission, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        submit(town.municipality, replace(said, email="sam@example.org"))
    assert len(callbacks) == 2


@pytest.mark.parametrize("source", ["web", "api", "phone", "counter", "email"])
def test_words_of_danger_are_urgent_in_the_row_before_any_task_ran(town: Town, said: Submission, source: str) -> None:
    melding = submit(town.municipality, replace(said, text="Er is brand bij de school", source=source))
    melding = Melding.objects.get(pk=melding.pk)
    assert (melding.danger, melding.priority, melding.state) == ("life", Melding.Priority.URGENT, "new")
    assert melding.deadline == melding.received_at + timedelta(hours=town.municipality.emergency_hours)
    received = received_of(melding)
    assert (received.channel, received.danger, received.priority) == (source, "life", events.Change(None, 4))


@pytest.mark.parametrize(
    ("text", "answer", "kinds"),
    [
        ("Er is brand bij de school", "called", ["received", "warned"]),
        ("Er is brand bij de school", "safe", ["received", "warned"]),
        ("Er is brand bij de school", "", ["received"]),
        ("Er is brand bij de school", "onzin", ["received"]),
        ("De lamp is kapot", "called", ["received"]),
    ],
)
def test_what_a_reporter_said_when_told_to_call_112_is_remembered(
    town: Town, said: Submission, text: str, answer: str, kinds: list[str]
) -> None:
    melding = submit(town.municipality, replace(said, text=text, danger_answer=answer))
    assert [event.kind for event in melding.events.all()] == kinds
    if "warned" in kinds:
        assert sure(melding.events.last()).codes == {"danger": "life", "answer": answer}


@pytest.mark.parametrize("shown", [[], ["weg|gat", "afval|bak"]])
def test_what_the_reporter_was_shown_is_kept_with_the_melding(town: Town, said: Submission, shown: list[str]) -> None:
    sealed = suggestions.seal(shown, town.municipality.pk, said.text)
    melding = submit(town.municipality, replace(said, seal=sealed))
    assert received_of(melding).saw == shown


def test_what_was_sealed_for_another_text_or_town_or_forged_is_unknown_and_nobody_is_refused(
    town: Town, neighbour: Town, said: Submission
) -> None:
    here, there = town.municipality.pk, neighbour.municipality.pk
    forged = [
        "",
        "x:y:z",
        "é",
        suggestions.seal(["weg|gat"], here, "Iets anders"),
        suggestions.seal(["weg|gat"], there, said.text),
    ]
    for seal in forged:
        melding = submit(town.municipality, replace(said, submission_key=uuid.uuid4(), seal=seal))
        assert received_of(melding).saw is None


def test_without_an_address_no_mail_is_due(town: Town, said: Submission) -> None:
    submit(town.municipality, replace(said, name="Sam"))
    assert not Delivery.objects.exists()


def test_one_too_many_is_stored_like_any_other_and_no_mail_is_due(
    town: Town,
    said: Submission,
    limited: Callable[..., Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    limited(form="1/hour")
    sender = Sender("192.0.2.7/32", "192.0.2.0/24")
    assert not submit(town.municipality, replace(said, submission_key=None), sender=sender).is_suspect
    with django_capture_on_commit_callbacks() as callbacks:
        melding = submit(town.municipality, replace(said, email="sam@example.org"), sender=sender)
    assert (melding.is_suspect, melding.state, melding.events.get().codes["is_suspect"]) == (True, "new", True)
    assert Reporter.objects.get().email == "sam@example.org"
    assert len(callbacks) == 1
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": " \n"}, "empty"),
        ({"text": "x" * (MAX_TEXT + 1)}, "too_long"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_a_code(
    town: Town, said: Submission, changes: dict[str, Any], code: str
) -> None:
    assert refusal(town, said, **changes) == code


def test_the_same_key_in_two_municipalities_is_two_meldingen(town: Town, neighbour: Town, said: Submission) -> None:
    submit(town.municipality, said)
    submit(neighbour.municipality, replace(said, buurt_code=neighbour.west.code))
    assert Melding.objects.count() == 2


def test_a_reference_that_is_taken_is_drawn_again(
    town: Town, said: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["AAAAAAAA", "AAAAAAAA", "BBBBBBBB"])
    monkeypatch.setattr(references, "new_reference", lambda: next(drawn))
    submit(town.municipality, said)
    assert submit(town.municipality, replace(said, submission_key=uuid.uuid4())).reference == "BBBBBBBB"


def test_the_same_said_again_is_the_same_melding_without_an_error_in_the_database(town: Town, said: Submission) -> None:
    said = replace(said, category_slug="dumping", email="sam@example.org")
    melding = submit(town.municipality, said)
    with CaptureQueriesContext(connection) as asked:
        assert submit(town.municipality, replace(said, language="en")) == melding
    assert not [query for query in asked if "INSERT" in query["sql"]]


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Iets anders"},
        {"place_text": "Bij de brug"},
        {"category_slug": "dumping"},
        {"email": "ander@example.org"},
        {"source": "api"},
    ],
)
def test_a_key_that_was_used_for_something_else_is_refused(
    town: Town, said: Submission, change: dict[str, Any]
) -> None:
    submit(town.municipality, said)
    with pytest.raises(Refused) as caught:
        submit(town.municipality, replace(said, **change))
    assert (caught.value.field, caught.value.code) == ("submission_key", "used")
    assert Melding.objects.count() == 1


def test_another_place_is_something_else(town: Town, said: Submission) -> None:
    longitude, latitude = to_door(town.point())
    pin = replace(said, longitude=longitude, latitude=latitude)
    assert submit(town.municipality, pin) == submit(town.municipality, pin)
    for other in (replace(pin, longitude=longitude + 1e-4), replace(said, buurt_code=town.east.code)):
        with pytest.raises(Refused):
            submit(town.municipality, other)


@pytest.mark.parametrize(("slug", "other"), [("", "dumping"), ("dumping", "container-vol")])
def test_what_colleagues_and_the_model_changed_since_does_not_count(
    town: Town, said: Submission, slug: str, other: str
) -> None:
    said = replace(said, category_slug=slug)
    melding = submit(town.municipality, said)
    triage.recategorise(
        triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member()), town.container
    )
    assert submit(town.municipality, said) == melding
    with pytest.raises(Refused):
        submit(town.municipality, replace(said, category_slug=other))


def test_who_changes_something_after_sending_has_a_report_of_its_own_however_often_it_is_sent(
    town: Town, said: Submission
) -> None:
    versions = [said, replace(said, text="Twee lampen"), replace(said, text="Drie lampen"), said]
    sent = [submit_changed(town.municipality, version) for version in versions for _press in range(2)]
    assert [melding.text for melding in sent[::2]] == [version.text for version in versions]
    assert Melding.objects.count() == 3


def test_what_is_changed_ever_again_is_stored_nevertheless(town: Town, said: Submission) -> None:
    for number in range(VERSIONS + 2):
        submit_changed(town.municipality, replace(said, text=f"Lamp {number}"))
    assert Melding.objects.count() == VERSIONS + 2


def test_a_refusal_for_anything_but_the_key_is_passed_on(town: Town, said: Submission) -> None:
    with pytest.raises(Refused, match="") as caught:
        submit_changed(town.municipality, replace(said, text=""))
    assert caught.value.field == "text"


def test_a_forgotten_fingerprint_is_nobodys_own(town: Town, said: Submission) -> None:
    submit(town.municipality, said)
    Melding.objects.update(submission_fingerprint="")
    with pytest.raises(Refused):
        submit(town.municipality, said)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_make_one_melding(town: Town, said: Submission) -> None:
    def press(_: int) -> Any:
        try:
            return submit(town.municipality, said).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(press, range(8)))) == 1
    assert Melding.objects.count() == 1


def test_a_second_thing_is_a_melding_of_its_own_with_its_own_danger(
    town: Town, said: Submission, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    two = replace(said, second_text="Het putdeksel is weg", email="sam@example.org")
    with django_capture_on_commit_callbacks() as callbacks:
        first = submit(town.municipality, two)
    second = second_of(first)
    assert second is not None
    assert (first.danger, second.danger) == ("", "hazard")
    assert second_of(second) is None
    assert len(callbacks) == 4 + bool(town.municipality.duty_email)
    assert submit(town.municipality, two) == first
    assert Melding.objects.count() == Reporter.objects.count() == 2


def test_a_second_thing_is_not_at_the_object_of_the_first_but_at_its_place(town: Town, said: Submission) -> None:
    kind = AssetKind.objects.create(
        municipality=town.municipality, slug="bak", asked_by=["container-vol"], name_texts=Texts(nl="Bak"),
        plural_texts=Texts(nl="Bakken"),
    )  # fmt: skip
    lamp = Asset.objects.create(
        municipality=town.municipality, kind=kind, number="12", point=town.point(), buurt=town.west
    )
    first = submit(
        town.municipality,
        replace(said, asset_number="12", category_slug="container-vol", second_text="De boom staat scheef"),
    )
    second = second_of(first)
    assert second is not None
    assert (first.asset, second.asset) == (lamp, None)
    assert (second.point, second.place_source, second.category) == (first.point, "pin", None)


@pytest.mark.parametrize(("text", "code"), [("   ", "empty"), ("x" * 5_001, "too_long")])
def test_a_second_thing_that_is_wrong_leaves_neither(town: Town, said: Submission, text: str, code: str) -> None:
    assert refusal(town, said, second_text=text) == code
