import pytest
from pytest_django import Settings

from meldingen.handling.desk import labels
from meldingen.notifications import bounces, recipients, sending, verp
from meldingen.notifications.bounces import Outcome
from meldingen.notifications.models import Delivery, Recipient
from meldingen.record.models import Event, Melding, Reporter
from tests.factories import Town, mail_due, recipient_of, reporter_of
from tests.meldingen.notifications.reports import answer, failure, report


@pytest.fixture(autouse=True)
def bouncing(settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = "bounce@mail.example"


@pytest.fixture
def melding(town: Town) -> Melding:
    melding = town.melding()
    reporter_of(melding, "sam@example.org")
    return melding


@pytest.fixture
def delivery(melding: Melding) -> Delivery:
    """A receipt that was sent."""
    delivery = mail_due(melding.events.get())
    sending.send(delivery.pk)
    delivery.refresh_from_db()
    return delivery


def test_the_mail_and_its_address_are_marked(delivery: Delivery, melding: Melding) -> None:
    assert bounces.take(failure(verp.envelope_of(delivery.pk))) == Outcome.KEPT
    delivery.refresh_from_db()
    assert (delivery.bounce_code, delivery.bounced_at is not None) == ("5.1.1", True)
    assert recipients.bounces(recipient_of(melding))
    assert [str(words) for words in labels.mails([delivery])] == ["mail kwam terug: niet bezorgd"]


def test_twice_is_as_once(delivery: Delivery) -> None:
    bounces.take(failure(verp.envelope_of(delivery.pk)))
    before = Delivery.objects.values().get(pk=delivery.pk)
    assert bounces.take(failure(verp.envelope_of(delivery.pk), "5.7.1")) == Outcome.KEPT
    assert Delivery.objects.values().get(pk=delivery.pk) == before


def test_the_envelope_counts_more_than_a_header(delivery: Delivery) -> None:
    assert bounces.take(failure("evil@example.org"), to=verp.envelope_of(delivery.pk)) == Outcome.KEPT
    assert bounces.take(failure(verp.envelope_of(delivery.pk)), to="evil@example.org") == Outcome.NOT_OURS


def test_a_stranger_marks_nothing(delivery: Delivery) -> None:
    forgery = verp.envelope_of(delivery.pk)[:-20] + "aaaa@mail.example"
    for to in (forgery, "contact@example.org", f"bounce+{delivery.pk}@mail.example"):
        assert bounces.take(failure(to)) == Outcome.NOT_OURS
    assert not Delivery.objects.filter(bounced_at__isnull=False).exists()


def test_a_delay_and_an_answering_machine_mark_nothing(delivery: Delivery) -> None:
    to = verp.envelope_of(delivery.pk)
    assert bounces.take(report(to, {"Action": "delayed", "Status": "4.4.1"})) == Outcome.DELAYED
    assert bounces.take(answer(to)) == Outcome.NO_REPORT
    assert not Recipient.objects.filter(bounced_at__isnull=False).exists()


@pytest.mark.parametrize("content", [b"", b"\0\xff" * 500, b"Content-Type: multipart/report\r\n\r\n", b"\n\n--x"])
def test_what_is_no_mail_is_taken_too(delivery: Delivery, content: bytes) -> None:
    assert bounces.take(content, to=verp.envelope_of(delivery.pk)) == Outcome.NO_REPORT


def test_a_mail_of_a_forgotten_melding_is_nobodys(town: Town) -> None:
    assert bounces.take(failure(verp.envelope_of(999_999))) == Outcome.NOT_OURS


def test_an_address_that_does_not_exist_is_not_mailed_again(delivery: Delivery, melding: Melding) -> None:
    bounces.take(failure(verp.envelope_of(delivery.pk)))
    again = Delivery.objects.get(pk=mail_due(_news(melding)).pk)
    sending.send(again.pk)
    again.refresh_from_db()
    assert (again.sent_at, again.due_at) == (None, None)


def test_a_full_mailbox_is_tried_again(delivery: Delivery, melding: Melding) -> None:
    bounces.take(failure(verp.envelope_of(delivery.pk), "5.2.2"))
    again = mail_due(_news(melding))
    sending.send(again.pk)
    again.refresh_from_db()
    assert again.sent_at


def test_another_address_bounces_no_more(delivery: Delivery, melding: Melding) -> None:
    bounces.take(failure(verp.envelope_of(delivery.pk)))
    Reporter.objects.update(email="goed@example.org")
    assert not recipients.bounces(recipient_of(melding))


def _news(melding: Melding) -> Event:
    values = {"municipality": melding.municipality, "melding": melding, "kind": "moved", "actor_kind": "rule"}
    return Event.objects.create(**values, from_state="new", to_state="assigned")
