"""What waits for a digest. How one mail is sent is in tests/meldingen/notifications/test_tasks.py."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from meldingen.notifications import sending
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle
from meldingen.record.models import Event, Reporter
from tests.factories import Town, mail_due
from tests.meldingen.notifications.conftest import Mailbox
from tests.meldingen.notifications.reporters import ADDRESS, plain, received
from tests.plans import count_rows


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Moves the clock on."""
    now = timezone.now

    def on(**passed: Any) -> None:
        shifted = timezone.now() + timedelta(**passed) - now()
        monkeypatch.setattr(timezone, "now", lambda: now() + shifted)

    return on


def send_all() -> None:
    """What a sweep and a worker do with all that is due now."""
    for pk in Delivery.objects.filter(due_at__lte=timezone.now()).order_by("pk").values_list("pk", flat=True):
        sending.send(pk)


def flood(town: Town, number: int, **values: Any) -> None:
    for _ in range(number):
        received(town, **values)
    send_all()


def waiting() -> Any:
    return Delivery.objects.filter(due_at__isnull=False).count()


def test_thirty_reports_with_one_address_are_three_mails_and_a_digest(
    town: Town, mailbox: Mailbox, pass_time: Any
) -> None:
    flood(town, 30)
    assert (len(mailbox.mails()), waiting()) == (3, 27)
    pass_time(minutes=4)
    send_all()
    assert len(mailbox.mails()) == 3
    pass_time(minutes=2)
    send_all()
    *_singles, digest = mailbox.mails()
    assert (len(mailbox.mails()), waiting()) == (4, 0)
    assert digest["Subject"] == "Nieuws over 27 meldingen"
    assert plain(digest).count("?mail=") == 28


def test_who_goes_on_is_put_into_one_mail_an_hour(town: Town, mailbox: Mailbox, pass_time: Any) -> None:
    for minute in range(2 * 60):
        flood(town, 1)
        pass_time(minutes=1)
        if minute == 20:  # autovacuum would have looked by now
            count_rows(*(f"meldingen_{name}" for name in ("delivery", "recipient", "event", "melding", "reporter")))
    send_all()
    assert len(mailbox.mails()) <= 3 + 2
    pass_time(hours=2)
    send_all()
    assert waiting() == 0
    named = sum(plain(mail).count("Ontvangen op: ") or plain(mail).count("ontvangen op ") for mail in mailbox.mails())
    assert named == 120


def test_news_of_what_was_refused_a_mail_of_its_own_is_in_the_digest(
    town: Town, mailbox: Mailbox, pass_time: Any
) -> None:
    flood(town, 4)
    melding = Event.objects.latest("id").melding
    mail_due(lifecycle.move(melding, "solved", actor=events.SWEEP))
    send_all()
    pass_time(minutes=6)
    send_all()
    digest = mailbox.mails()[-1]
    assert digest["Subject"] == "Nieuws over 1 melding"
    assert "Het is opgelost." in plain(digest)


def test_one_that_is_held_alone_is_an_ordinary_mail(town: Town, mailbox: Mailbox, pass_time: Any) -> None:
    flood(town, 4)
    pass_time(minutes=6)
    send_all()
    assert mailbox.mails()[-1]["Subject"] == "Ontvangen: container vol"


def test_the_mailbox_is_counted_over_towns_and_spellings_and_each_town_writes_for_itself(
    town: Town, neighbour: Town, mailbox: Mailbox, pass_time: Any
) -> None:
    flood(town, 2)
    flood(neighbour, 2, address=ADDRESS.upper())
    flood(town, 1, address="melder+2@example.org")
    assert (len(mailbox.mails()), waiting()) == (3, 2)
    for _hour in range(3):
        pass_time(hours=1, minutes=1)
        send_all()
    assert (len(mailbox.mails()), waiting()) == (5, 0)
    assert len({mail["To"] for mail in mailbox.mails()}) == 3


def test_a_digest_shows_one_address_nothing_of_another(town: Town, mailbox: Mailbox, pass_time: Any) -> None:
    flood(town, 5)
    flood(town, 2, address="melder+ander@example.org")
    for _hour in range(2):
        pass_time(hours=1, minutes=1)
        send_all()
    tokens = {melding.follow_token: melding.reporter.email for melding in (e.melding for e in Event.objects.all())}
    for mail in mailbox.mails():
        assert {tokens[token] for token in tokens if token in plain(mail)} == {mail["To"]}


def test_a_digest_stands_for_a_bounded_number_and_the_rest_comes_in_the_next(
    town: Town, mailbox: Mailbox, pass_time: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MOST_TOGETHER", 5)
    flood(town, 3 + 8)
    pass_time(minutes=6)
    send_all()
    assert (len(mailbox.mails()), waiting()) == (4, 3)
    pass_time(hours=1)
    send_all()
    assert (len(mailbox.mails()), waiting()) == (5, 0)


def test_a_digest_that_fails_is_tried_again_and_not_counted_twice(
    town: Town, mailbox: Mailbox, pass_time: Any, settings: Any, broken_server: Any
) -> None:
    settings.EMAIL_BACKEND, broken = "meldingen.notifications.files.FileBackend", settings.EMAIL_BACKEND
    flood(town, 6)
    settings.EMAIL_BACKEND = broken
    pass_time(minutes=6)
    send_all()
    assert (len(mailbox.mails()), waiting()) == (3, 3)
    assert Delivery.objects.latest("id").attempts == 1
    settings.EMAIL_BACKEND = "meldingen.notifications.files.FileBackend"
    pass_time(minutes=1)
    send_all()
    assert (len(mailbox.mails()), waiting()) == (4, 0)


def test_a_mail_that_fails_counts_once(
    town: Town, mailbox: Mailbox, pass_time: Any, settings: Any, broken_server: Any
) -> None:
    flood(town, 1)
    pass_time(seconds=30)
    send_all()
    settings.EMAIL_BACKEND = "meldingen.notifications.files.FileBackend"
    pass_time(seconds=90)
    flood(town, 2)
    assert (len(mailbox.mails()), waiting()) == (3, 0)


def test_who_is_forgotten_while_it_waits_gets_nothing(town: Town, mailbox: Mailbox, pass_time: Any) -> None:
    flood(town, 5)
    Reporter.objects.all().delete()
    pass_time(hours=1)
    send_all()
    assert (len(mailbox.mails()), waiting()) == (3, 0)


def test_what_waits_costs_few_statements(town: Town, mailbox: Mailbox, django_assert_max_num_queries: Any) -> None:
    flood(town, 20)
    delivery = received(town)
    with django_assert_max_num_queries(12):
        sending.send(delivery.pk)


def test_news_of_a_danger_waits_for_nothing(town: Town, mailbox: Mailbox) -> None:
    flood(town, 5, danger="life")
    melding = Event.objects.filter(kind="received").latest("id").melding
    event = lifecycle.move(melding, "in_progress", actor=events.by(town.member()))
    mail_due(event)
    before = len(mailbox.mails())
    send_all()
    assert len(mailbox.mails()) == before + 1
