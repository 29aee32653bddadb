from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from meldingen import periodic
from meldingen.notifications import sending
from meldingen.notifications.models import Recipient
from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import Event, Melding, Reporter
from meldingen.retention import forgetting
from meldingen.tenancy import terms
from meldingen.tenancy.models import Municipality
from tests.factories import Town, follower_of, mail_due, reporter_of

CLOSED = sorted(workflow.CLOSED)


def reported(town: Town) -> Any:
    melding = town.melding()
    reporter_of(melding, "wim@example.org", name="Wim")
    return melding


def closed(town: Town, state: str = "solved", days: int = 366) -> Any:
    """A melding with a reporter that was closed so many days ago. Events cannot be written back, the mark can."""
    melding = reported(town)
    with transaction.atomic():
        lifecycle.move(melding, state, actor=events.SWEEP)
    Reporter.objects.filter(melding=melding).update(closed_at=timezone.now() - timedelta(days=days))
    return melding


def known(melding: Melding) -> Any:
    return Reporter.objects.filter(melding=melding).exists()


@pytest.mark.parametrize("state", CLOSED)
def test_contact_details_are_forgotten_after_their_term(town: Town, state: str) -> None:
    melding = closed(town, state)
    assert forgetting.forget_reporters(town.municipality) == 1
    assert not known(melding)
    event = melding.events.last()
    assert (event.kind, event.actor, event.codes) == (Event.Kind.REPORTER_FORGOTTEN, None, {})


def test_the_melding_itself_stays_as_it_was(town: Town) -> None:
    melding = closed(town)
    before = Melding.objects.filter(pk=melding.pk).values().get()
    forgetting.forget_reporters(town.municipality)
    assert Melding.objects.filter(pk=melding.pk).values().get() == before


def test_the_term_is_the_municipalitys(town: Town) -> None:
    melding = closed(town, days=31)
    assert forgetting.forget_reporters(town.municipality) == 0
    town.municipality.retention_days = 30
    assert forgetting.forget_reporters(town.municipality) == 1
    assert not known(melding)


@pytest.mark.parametrize(("days", "number"), [(365, None), (400, None), (364, 0), (100, 1), (30, 2)])
def test_a_shorter_term_forgets_what_the_term_in_force_keeps(
    town: Town, neighbour: Town, days: int, number: int
) -> None:
    for closed_for in (31, 200, 366):
        closed(town, days=closed_for)
    closed(neighbour, days=200)
    reported(town)
    assert terms.forgotten_sooner(town.municipality, days) == number


def test_no_term_is_shorter_than_a_month_whoever_writes_it(town: Town) -> None:
    with pytest.raises(IntegrityError, match="keeps_contact_a_while"), transaction.atomic():
        Municipality.objects.update(retention_days=29)


def test_what_is_open_or_closed_just_now_is_kept(town: Town) -> None:
    meldingen = [reported(town), closed(town, days=364)]
    assert forgetting.forget_reporters(town.municipality) == 0
    assert all(map(known, meldingen))


def test_the_term_runs_from_the_last_closing(town: Town) -> None:
    melding = closed(town)
    lifecycle.move(melding, workflow.REOPENED, actor=events.SWEEP)
    assert forgetting.forget_reporters(town.municipality) == 0
    last = lifecycle.move(melding, workflow.DECLINED, actor=events.SWEEP)
    assert forgetting.forget_reporters(town.municipality) == 0
    last.refresh_from_db()
    assert Reporter.objects.get(melding=melding).closed_at == last.happened_at


def test_the_neighbours_are_kept(town: Town, neighbour: Town) -> None:
    theirs = closed(neighbour)
    assert forgetting.forget_reporters(town.municipality) == 0
    assert known(theirs)


def test_twice_is_as_once(town: Town) -> None:
    melding = closed(town)
    assert [forgetting.forget_reporters(town.municipality) for _ in range(2)] == [1, 0]
    assert melding.events.filter(kind=Event.Kind.REPORTER_FORGOTTEN).count() == 1


def test_a_mail_that_is_still_due_is_given_up(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    melding = closed(town)
    mail, other = mail_due(melding.events.last()), mail_due(reported(town).events.get())
    forgetting.forget_reporters(town.municipality)
    mail.refresh_from_db()
    other.refresh_from_db()
    assert (mail.due_at, mail.sent_at) == (None, None)
    assert other.due_at is not None
    sending.send(mail.pk)
    assert caplog.text == ""


def test_one_that_somebody_works_on_is_left_for_the_next_time(transactional_db: None) -> None:
    town = Town()
    melding = closed(town)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM meldingen_melding WHERE id = %s FOR UPDATE", [melding.pk])
            assert forgetting.forget_reporters(town.municipality) == 0
            cursor.execute("ROLLBACK")  # closing alone lets go of the row a moment later
    finally:
        other.close()
    assert forgetting.forget_reporters(town.municipality) == 1


def test_every_night_all_that_are_due_are_forgotten_in_every_municipality(
    town: Town, neighbour: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 2)
    meldingen = [closed(each) for each in (town, neighbour, town, town)]
    kept = reported(town)
    periodic.forget_reporters()
    assert not any(map(known, meldingen))
    assert known(kept)


def test_a_second_run_at_the_same_time_does_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    melding = closed(town)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [periodic.RETENTION_LOCK])
            periodic.forget_reporters()
    finally:
        other.close()
    assert known(melding)


def test_what_goes_wrong_in_one_municipality_stays_there(
    town: Town, neighbour: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ours, theirs = closed(town), closed(neighbour)
    forget = forgetting.forget_reporters
    monkeypatch.setattr(forgetting, "forget_reporters", lambda m: 1 / 0 if m == town.municipality else forget(m))
    periodic.forget_reporters()
    assert (known(ours), known(theirs)) == (True, False)
    assert f"{town.municipality.code} are not forgotten: ZeroDivisionError" in caplog.text


def test_the_cost_follows_what_is_closed_and_not_the_history(town: Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    due = Reporter.objects.filter(municipality=town.municipality, closed_at__lt=timezone.now())
    assert "reporter_to_forget" in due.order_by("closed_at").explain()


def test_beat_knows_it_by_its_name(settings: Any) -> None:
    assert settings.CELERY_BEAT_SCHEDULE["forget-reporters"]["task"] == periodic.forget_reporters.name


def following(melding: Melding, **values: Any) -> Any:
    follower = follower_of(melding)
    Recipient.objects.filter(pk=follower.pk).update(**values)
    return follower


def is_known(follower: Recipient) -> Any:
    return Recipient.objects.exclude(email="").filter(pk=follower.pk, token__isnull=False).exists()


def test_followers_are_forgotten_with_the_reporter(town: Town) -> None:
    follower, other = following(closed(town)), following(reported(town))
    forgetting.forget_reporters(town.municipality)
    assert (is_known(follower), is_known(other)) == (False, True)


def test_followers_of_what_nobody_is_known_of_have_the_same_term(town: Town, neighbour: Town) -> None:
    gone, kept, open_one, theirs = (place.melding() for place in (town, town, town, neighbour))
    followers = [following(melding) for melding in (gone, kept, open_one, theirs)]
    for melding, days in ((gone, 366), (kept, 364), (theirs, 366)):
        lifecycle.move(melding, "solved", actor=events.SWEEP)
        Melding.objects.filter(pk=melding.pk).update(closed_at=timezone.now() - timedelta(days=days))
    assert [forgetting.forget_followers(town.municipality) for _ in range(2)] == [1, 0]
    assert list(map(is_known, followers)) == [False, True, True, True]


@pytest.mark.parametrize(("days", "said", "known"), [(8, None, False), (6, None, True), (8, "confirmed_at", True)])
def test_who_never_said_that_they_want_it_is_forgotten_in_a_week(
    town: Town, days: int, said: str | None, known: bool
) -> None:
    values = {"confirmed_at": None} | ({said: timezone.now()} if said else {})
    follower = following(reported(town), created_at=timezone.now() - timedelta(days=days), **values)
    periodic.forget_reporters()
    assert is_known(follower) == known


def sent(town: Town, days: float = 0, **values: Any) -> Any:
    """A melding of so many days ago that still tells whether it is sent again."""
    return town.melding(timezone.now() - timedelta(days=days), submission_fingerprint="f" * 64, **values)


def fingerprints(*meldingen: Any) -> Any:
    rows = dict(Melding.objects.values_list("pk", "submission_fingerprint"))
    return [bool(rows[melding.pk]) for melding in meldingen]


def test_a_fingerprint_is_emptied_within_a_week_and_not_before(town: Town, neighbour: Town) -> None:
    meldingen = sent(town, days=6.01), sent(town, days=5.99), sent(neighbour, days=7)
    assert [forgetting.forget_fingerprints(town.municipality) for _ in range(2)] == [1, 0]
    assert fingerprints(*meldingen) == [False, True, True]


def test_every_night_each_town_empties_its_fingerprints_batch_by_batch(
    town: Town, neighbour: Town, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 2)
    meldingen = [sent(place, days=7) for place in (town, neighbour) for _ in range(3)]
    periodic.forget_fingerprints()
    periodic.forget_fingerprints()
    assert not any(fingerprints(*meldingen))
    assert settings.CELERY_BEAT_SCHEDULE["forget-fingerprints"]["task"] == periodic.forget_fingerprints.name


def test_a_fingerprint_goes_with_the_reporter(town: Town) -> None:
    melding = closed(town)
    Melding.objects.filter(pk=melding.pk).update(submission_fingerprint="f" * 64)
    forgetting.forget_reporters(town.municipality)
    assert fingerprints(melding) == [False]


def test_emptying_fingerprints_costs_what_a_week_brings_and_not_the_history(town: Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    kept = Melding.objects.exclude(submission_fingerprint="").filter(received_at__lt=timezone.now())
    assert "melding_fingerprint_kept" in kept.explain()
