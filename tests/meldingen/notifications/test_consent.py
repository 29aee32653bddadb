from typing import Any

import pytest
from django.db import connection

from meldingen.handling import judging, triage
from meldingen.notifications import consent, sending
from meldingen.notifications.models import Delivery, Mailbox, Recipient
from meldingen.record import events, lifecycle
from meldingen.record.models import Event, Melding
from tests.factories import Town, mail_due, recipient_of
from tests.meldingen.notifications.conftest import Mailbox as Letters
from tests.meldingen.notifications.reporters import received, reported
from tests.plans import count_rows


def kinds(melding: Melding) -> Any:
    return [event.kind for event in melding.events.all()]


def flood(town: Town, number: int) -> Any:
    """So many meldingen with one address, each with its receipt sent or held."""
    deliveries = [received(town) for _ in range(number)]
    for delivery in deliveries:
        sending.send(delivery.pk)
    return [delivery.event.melding for delivery in deliveries]


def test_who_confirms_hears_of_that_report_at_once(town: Town, mailbox: Letters) -> None:
    *_others, held = flood(town, 5)
    consent.confirm(recipient_of(held))
    mail = Delivery.objects.get(event__melding=held)
    assert (mail.held_at, held.events.last().kind) == (None, Event.Kind.ADDRESS_CONFIRMED)
    sending.send(mail.pk)
    assert len(mailbox.mails()) == 4
    for state in ("in_progress", "solved"):
        sending.send(mail_due(lifecycle.move(held, state, actor=events.SWEEP)).pk)
    assert len(mailbox.mails()) == 6


def test_who_confirmed_once_hears_of_later_reports_at_once_too(town: Town, mailbox: Letters) -> None:
    first, *_more = flood(town, 3)
    consent.confirm(recipient_of(first))
    flood(town, 5)
    assert len(mailbox.mails()) == 8


def test_twice_is_as_once(town: Town) -> None:
    (melding,) = flood(town, 1)
    for _ in range(2):
        consent.confirm(recipient_of(melding))
    assert kinds(melding) == ["received", "address_confirmed"]
    assert [consent.refuse(recipient_of(melding)) for _ in range(2)] == [1, 0]
    assert kinds(melding) == ["received", "address_confirmed", "address_refused"]


def test_who_refuses_a_report_hears_no_more_of_it(town: Town, mailbox: Letters) -> None:
    melding, other = flood(town, 2)
    waiting = mail_due(lifecycle.move(melding, "in_progress", actor=events.SWEEP))
    consent.refuse(recipient_of(melding))
    sending.send(waiting.pk)
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    triage.close(case, "solved", "Klaar.")
    assert len(mailbox.mails()) == 2
    assert not Delivery.objects.filter(due_at__isnull=False).exists()
    assert recipient_of(other).stopped_at is None


def test_who_refuses_everything_hears_of_none_but_what_they_confirmed(
    town: Town, neighbour: Town, mailbox: Letters
) -> None:
    meldingen = flood(town, 10)
    confirmed, elsewhere = meldingen[0], reported(neighbour)
    other = reported(town, address="ander@example.org")
    consent.confirm(recipient_of(confirmed))
    assert consent.refuse(recipient_of(meldingen[1]), everything=True) == 9
    kept = Recipient.objects.filter(stopped_at__isnull=True)
    assert set(kept.values_list("melding", flat=True)) == {confirmed.pk, elsewhere.pk, other.pk}
    assert not Delivery.objects.filter(due_at__isnull=False).exists()


def test_after_a_refusal_new_reports_wait_for_the_mail_of_a_day(town: Town, mailbox: Letters) -> None:
    (melding,) = flood(town, 1)
    consent.refuse(recipient_of(melding))
    flood(town, 2)
    assert len(mailbox.mails()) == 1
    assert Delivery.objects.filter(held_at__isnull=False, due_at__isnull=False).count() == 2


def test_it_is_theirs_after_all(town: Town) -> None:
    (melding,) = flood(town, 1)
    consent.refuse(recipient_of(melding))
    consent.confirm(recipient_of(melding))
    recipient = Recipient.objects.get()
    assert (recipient.confirmed_at is not None, recipient.stopped_at) == (True, None)
    assert Mailbox.objects.get().refused_at is None


def test_a_release_of_what_was_suspect_tells_nobody_who_refused(town: Town) -> None:
    melding = reported(town)
    Melding.objects.update(is_suspect=True)
    consent.refuse(recipient_of(melding))
    judging.release(town.municipality, town.member(), [melding.pk])
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("everything", [False, True])
def test_it_takes_few_statements_however_many(town: Town, django_assert_max_num_queries: Any, everything: bool) -> None:
    meldingen = flood(town, 12)
    with django_assert_max_num_queries(16):
        consent.refuse(recipient_of(meldingen[0]), everything=everything)


def test_what_is_asked_of_an_address_follows_it_and_not_the_history(town: Town) -> None:
    recipient = recipient_of(reported(town))
    own = {"municipality": town.municipality, "melding": recipient.melding, "kind": "follower"}
    Recipient.objects.bulk_create(Recipient(**own, address_key=f"{number:064}") for number in range(200))
    count_rows("meldingen_recipient")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "recipient_by_address" in consent.unconfirmed(recipient).explain()
