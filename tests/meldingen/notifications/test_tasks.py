import email
import email.policy
import logging
import re
import smtplib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from meldingen.limits.rules import count_received
from meldingen.notifications import messages, recipients, sending
from meldingen.notifications.models import Delivery
from meldingen.record.models import Reporter
from tests.factories import Town, mail_due, reporter_of

ADDRESS = "melder@example.org"
TEXT = "De container puilt uit.\r\nEr ligt <b>afval</b> naast & het stinkt."


@pytest.fixture(autouse=True)
def mailbox(settings: Any, tmp_path: Path) -> Any:
    """The folder into which mail goes."""
    settings.EMAIL_BACKEND = "meldingen.notifications.files.FileBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return tmp_path


def test_mail_to_reporters_waits_while_a_town_is_flooded_and_then_goes_out(
    town: Town, neighbour: Town, mailbox: Path, limited: Any
) -> None:
    limited(town="2/hour")
    here, there = received(town), received(neighbour)
    for _number in range(3):
        count_received(town.municipality.pk)
    sending.send(here.pk)
    sending.send(there.pk)
    here.refresh_from_db()
    assert (here.sent_at, here.attempts, here.due_at > timezone.now()) == (None, 0, True)
    assert len(mails(mailbox)) == 1
    limited(town="9/hour")
    sending.send(here.pk)
    assert len(mails(mailbox)) == 2


class BrokenServer(BaseEmailBackend):
    """A mail server that refuses everything with `error`."""

    error: Exception = ConnectionRefusedError(f"no {ADDRESS}")

    def send_messages(self, email_messages: Any) -> int:
        raise self.error


@pytest.fixture
def broken_server(settings: Any) -> Any:
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"
    BrokenServer.error = ConnectionRefusedError(f"no {ADDRESS}")
    return BrokenServer


def mails(folder: Path) -> Any:
    return [email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in sorted(folder.glob("*.eml"))]


def received(town: Town, language: str = "nl", address: str = ADDRESS, **values: Any) -> Any:
    given: dict[str, Any] = {"text": TEXT, "category": town.container, "reference": "ABCD2345"}
    melding = town.melding(**(given | values))
    reporter = reporter_of(melding, address, language=language)
    recipient = recipients.add_reporter(reporter) if not address else None
    return mail_due(melding.events.get(), recipient)


def plain(mail: Any) -> Any:
    return mail.get_body(("plain",)).get_content()


def html(mail: Any) -> Any:
    return mail.get_body(("html",)).get_content()


def test_what_was_sent_is_recorded_and_not_sent_again(town: Town, mailbox: Path) -> None:
    delivery = received(town)
    sending.send(delivery.pk)
    (first,) = (p.stat().st_mtime_ns for p in mailbox.glob("*.eml"))
    sending.send(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.due_at) == (1, None)
    assert delivery.sent_at is not None
    assert [p.stat().st_mtime_ns for p in mailbox.glob("*.eml")] == [first]


def test_the_same_event_has_the_same_message_id_and_so_one_file(town: Town, mailbox: Path) -> None:
    delivery = received(town)
    sending.send(delivery.pk)
    Delivery.objects.update(sent_at=None, due_at=timezone.now())
    sending.send(delivery.pk)
    (mail,) = mails(mailbox)
    assert mail["Message-ID"] == messages.message_id([delivery])
    assert re.fullmatch(r"<[0-9a-f]{40}@\S+>", mail["Message-ID"])  # and no number of ours in it


@pytest.mark.parametrize("address", ["", "geen adres", "a@b.example\nBcc: c@d.example", "a@b.example,c@d.example"])
def test_what_is_no_address_is_given_up_at_once(
    town: Town, mailbox: Path, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    delivery = received(town, address=address)
    sending.send(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.sent_at, delivery.due_at, mails(mailbox)) == (None, None, [])
    assert f"mail of event {delivery.event_id} given up" in caplog.text


def test_a_reporter_who_was_forgotten_gets_no_mail(town: Town, mailbox: Path) -> None:
    delivery = received(town)
    Reporter.objects.all().delete()
    sending.send(delivery.pk)
    assert mails(mailbox) == []


def test_a_failing_server_is_tried_again_with_growing_pauses(
    town: Town, broken_server: Any, caplog: pytest.LogCaptureFixture
) -> None:
    delivery = received(town)
    pauses = []
    for _ in range(3):
        sending.send(delivery.pk)
        delivery.refresh_from_db()
        pauses.append(delivery.due_at - timezone.now())
    assert delivery.attempts == 3
    assert timedelta(seconds=15) < pauses[0] < pauses[1] < pauses[2] <= timedelta(seconds=80)
    assert ADDRESS not in caplog.text
    assert "ConnectionRefusedError" in caplog.text


def test_after_so_many_attempts_it_is_given_up(
    town: Town, broken_server: Any, caplog: pytest.LogCaptureFixture
) -> None:
    delivery = received(town)
    for _ in range(14):
        sending.send(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.due_at, delivery.sent_at) == (12, None, None)
    assert [r.getMessage() for r in caplog.records if r.levelno == logging.ERROR] == [
        f"mail of event {delivery.event_id} given up after 12 attempts: ConnectionRefusedError"
    ]


def test_an_attempt_that_killed_its_worker_counts(town: Town, broken_server: Any) -> None:
    delivery = received(town)
    broken_server.error = SystemExit()
    for _ in range(14):
        try:
            sending.send(delivery.pk)
        except SystemExit:
            continue
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.due_at) == (12, None)


def test_an_address_that_the_server_refuses_for_good_is_given_up(
    town: Town, broken_server: Any, caplog: pytest.LogCaptureFixture
) -> None:
    delivery = received(town)
    broken_server.error = smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no such user")})
    sending.send(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.due_at is None
    assert ADDRESS not in caplog.text


def test_an_address_that_is_refused_for_now_is_tried_again(town: Town, broken_server: Any) -> None:
    delivery = received(town)
    broken_server.error = smtplib.SMTPRecipientsRefused({ADDRESS: (450, b"later")})
    sending.send(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.due_at is not None


def test_a_delivery_that_is_gone_sends_nothing(town: Town, mailbox: Path) -> None:
    sending.send(0)
    assert mails(mailbox) == []


@pytest.mark.parametrize(
    ("https", "backend", "count"),
    [
        (True, "meldingen.notifications.files.FileBackend", 1),
        (True, "django.core.mail.backends.smtp.EmailBackend", 0),
        (False, "meldingen.notifications.files.FileBackend", 0),
    ],
)
def test_a_check_says_that_mail_goes_nowhere_on_a_site_that_residents_reach(
    settings: Any, https: bool, backend: str, count: int
) -> None:
    settings.EMAIL_BACKEND, settings.SECURE_SSL_REDIRECT = backend, https
    found = [check for check in run_checks() if check.id == "meldingen.W002"]
    assert len(found) == count
    assert all("EMAIL_URL" in str(check.hint) and not check.is_serious() for check in found)


def test_a_recipient_hears_of_an_event_once_for_each_purpose(town: Town) -> None:
    mail = received(town)
    mail_due(mail.event, purpose=Delivery.Purpose.ALARM)
    with pytest.raises(IntegrityError), transaction.atomic():
        mail_due(mail.event, purpose=Delivery.Purpose.ALARM)
