import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meldingen import queueing
from meldingen.intake.receiving import submit
from meldingen.intake.submission import Submission
from meldingen.limits.senders import Sender
from meldingen.notifications import recipients, staff_mail
from meldingen.notifications.files import FileBackend
from meldingen.notifications.models import Delivery
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality
from tests.factories import Town
from tests.meldingen.notifications.conftest import Mailbox

FIRE = "Er is brand bij Jansen, Kerkstraat 3"
ADDRESS = "piket@example.org"
SENDER = Sender("192.0.2.7/32", "192.0.2.0/24")


@pytest.fixture(autouse=True)
def on_duty(town: Town, neighbour: Town) -> None:
    for place in (town, neighbour):
        place.municipality.duty_email = ADDRESS
        place.municipality.save()


def reported(town: Town, text: str = FIRE, **values: Any) -> Any:
    said = Submission(text=text, buurt_code=town.west.code)
    return submit(town.municipality, said, **values)


def mailbox_of(town: Town) -> Any:
    return recipients.duty_mailbox(town.municipality).pk


def told(town: Town) -> None:
    staff_mail.tell(mailbox_of(town))


def earlier(**ago: Any) -> None:
    """As if everything that was done about mails was done so long ago."""
    for delivery in Delivery.objects.all():
        for name in ("sent_at", "due_at"):
            moment = getattr(delivery, name)
            setattr(delivery, name, moment and moment - timedelta(**ago))
        delivery.save()


@pytest.mark.parametrize("text", [FIRE, "Het ruikt naar gas", "Het putdeksel is weg"])
def test_it_hears_at_once_of_every_danger(town: Town, mailbox: Mailbox, text: str) -> None:
    reported(town, text)
    told(town)
    (mail,) = mailbox.mails()
    delivery = Delivery.objects.get()
    assert (mail["To"], delivery.due_at, delivery.attempts) == (ADDRESS, None, 1)
    assert delivery.sent_at is not None


def test_it_hears_of_one_of_a_flood_too_and_of_nothing_else(town: Town, mailbox: Mailbox, limited: Any) -> None:
    limited(form="1/hour")
    reported(town, "De lamp is kapot", sender=SENDER)
    assert reported(town, sender=SENDER).is_suspect
    told(town)
    assert len(mailbox.mails()) == Delivery.objects.count() == 1


def test_without_a_duty_mailbox_no_mail_is_due(town: Town) -> None:
    Municipality.objects.update(duty_email="")
    town.municipality.refresh_from_db()
    reported(town)
    assert not Delivery.objects.exists()


def test_what_comes_within_the_minute_is_one_mail_when_the_minute_is_over(town: Town, mailbox: Mailbox) -> None:
    reported(town)
    told(town)
    for _number in range(3):
        reported(town)
        told(town)
    assert len(mailbox.mails()) == 1
    assert staff_mail.waiting() == []
    earlier(seconds=61)
    assert staff_mail.waiting() == [mailbox_of(town)]
    told(town)
    assert [mail["Subject"].split(": ")[1] for mail in mailbox.mails()][1:] == ["3 meldingen"]
    assert not Delivery.objects.filter(sent_at=None).exists()


def test_an_emergency_waits_for_no_hazard_and_a_hazard_for_no_emergency(town: Town, mailbox: Mailbox) -> None:
    for text in ("Het putdeksel is weg", FIRE, "Het putdeksel is weg", FIRE):
        reported(town, text)
        told(town)
    assert [mail["Subject"].split(":")[0] for mail in mailbox.mails()] == [
        str(Melding.Danger(danger).label) for danger in ("hazard", "life")
    ]
    assert Delivery.objects.filter(sent_at=None).count() == 2
    assert staff_mail.waiting() == []


def test_another_towns_mail_does_not_hold_ours_up(town: Town, neighbour: Town, mailbox: Mailbox) -> None:
    reported(town), reported(neighbour)
    told(town)
    told(neighbour)
    assert len(mailbox.mails()) == 2
    assert all("2 meldingen" not in mail["Subject"] for mail in mailbox.mails())


def test_what_fails_is_tried_again_within_a_minute_and_later_every_ten(
    town: Town, broken_server: Any, mailbox: Mailbox, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    reported(town)
    told(town)
    due_at = Delivery.objects.values_list("due_at", flat=True).get()
    assert due_at
    assert timedelta(seconds=50) < due_at - timezone.now() <= timedelta(minutes=1)
    assert ADDRESS not in caplog.text
    Delivery.objects.update(attempts=staff_mail.SOON, due_at=timezone.now())
    told(town)
    due_at = Delivery.objects.values_list("due_at", flat=True).get()
    assert due_at
    assert due_at - timezone.now() > timedelta(minutes=9)
    settings.EMAIL_BACKEND = "meldingen.notifications.files.FileBackend"
    earlier(minutes=10)
    told(town)
    assert len(mailbox.mails()) == 1


def test_some_day_it_is_given_up_and_the_log_says_so(
    town: Town, broken_server: Any, caplog: pytest.LogCaptureFixture
) -> None:
    reported(town)
    Delivery.objects.update(attempts=staff_mail.MAX_ATTEMPTS - 1)
    told(town)
    delivery = Delivery.objects.get()
    assert (delivery.due_at, delivery.sent_at) == (None, None)
    assert f"duty mailbox of {town.municipality.code} not told of 1 meldingen (ConnectionRefusedError)" in caplog.text


def test_an_address_that_was_taken_away_meanwhile_is_told_nothing(
    town: Town, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    reported(town)
    Municipality.objects.update(duty_email="")
    told(town)
    assert (mailbox.mails(), Delivery.objects.get().due_at) == ([], None)
    assert "has no address: 1 meldingen told to nobody" in caplog.text


class SlowServer(FileBackend):
    """A mail server that takes no hazard before it may."""

    takes = threading.Event()
    is_asked = threading.Event()

    def send_messages(self, email_messages: Any) -> int:
        if str(Melding.Danger.HAZARD.label) in str(email_messages[0].subject):
            self.is_asked.set()
            assert self.takes.wait(20)
        return super().send_messages(email_messages)


@pytest.mark.django_db(transaction=True)
def test_an_emergency_is_told_while_a_slow_server_takes_a_hazard(town: Town, mailbox: Mailbox, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.SlowServer"
    reported(town, "Het putdeksel is weg")
    pk = mailbox_of(town)

    def send() -> None:
        staff_mail.tell(pk)
        connection.close()

    worker = threading.Thread(target=send)
    worker.start()
    assert SlowServer.is_asked.wait(20)
    reported(town)
    began = time.monotonic()
    told(town)
    took, subjects = time.monotonic() - began, [mail["Subject"] for mail in mailbox.mails()]
    SlowServer.takes.set()
    worker.join()
    assert [subject.split(":")[0] for subject in subjects] == [str(Melding.Danger.LIFE.label)]
    assert took < 2
    assert len(mailbox.mails()) == 2


@pytest.mark.django_db(transaction=True)
def test_while_another_worker_sends_nobody_else_does(town: Town, mailbox: Mailbox) -> None:
    reported(town)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [staff_mail.LOCK, mailbox_of(town)])
            told(town)
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert mailbox.mails() == []
    assert staff_mail.waiting() == [mailbox_of(town)]


def test_a_thousand_held_back_cost_as_many_questions_as_one(town: Town) -> None:
    reported(town)
    told(town)
    questions = []
    for number in (1, 30):
        for _number in range(number):
            reported(town)
        with CaptureQueriesContext(connection) as asked:
            told(town)
        questions.append(len(asked))
    assert questions[0] == questions[1] <= 9


def test_a_mail_costs_as_many_questions_for_many_as_for_one(town: Town, mailbox: Mailbox) -> None:
    questions = []
    for number in (1, 30):
        for _number in range(number):
            reported(town)
        earlier(minutes=2)
        with CaptureQueriesContext(connection) as asked:
            told(town)
        questions.append(len(asked))
    assert len(mailbox.mails()) == 2
    assert questions[0] == questions[1] <= 20


def test_it_is_enqueued_when_the_melding_commits(
    town: Town, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    sent = []
    monkeypatch.setattr(queueing, "_publish", lambda task, ids: sent.append((task.name, ids)))
    with django_capture_on_commit_callbacks(execute=True):
        reported(town)
    assert ("meldingen.notifications.tasks.tell_mailbox", (mailbox_of(town),)) in sent


def test_a_check_names_the_towns_that_nobody_watches_at_night(town: Town) -> None:
    town.municipality.duty_email = ""
    town.municipality.save()
    (found,) = [check for check in run_checks(databases=["default"]) if check.id == "meldingen.W003"]
    assert town.municipality.code in found.msg
    assert not found.is_serious()
    assert [check for check in run_checks() if check.id == "meldingen.W003"] == []
