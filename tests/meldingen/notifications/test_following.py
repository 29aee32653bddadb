"""Following a melding that somebody else made, over HTTP and by mail."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from meldingen.categories.models import Category
from meldingen.handling import triage
from meldingen.notifications import following, sending
from meldingen.notifications.models import Delivery, Mailbox, Recipient
from meldingen.record.models import Event, Melding
from meldingen.refusals import Refused
from tests.factories import follower_of
from tests.meldingen.notifications.reporters import html, plain, reported

STRANGER = "buur@example.org"
TYPED = ("puilt", "stinkt", "afval", "kwaad.example", "Dorpsstraat", "Jansen", "melder@example.org")


@pytest.fixture
def melding(town) -> Melding:
    return reported(town, place_text="Dorpsstraat 12", name="Jansen")


@pytest.fixture
def case(town, melding) -> triage.Case:
    return triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())


def ask(town, melding, address=STRANGER):
    following.follow(town.municipality, melding.pk, address, "nl")


def send_all():
    for pk in Delivery.objects.filter(due_at__isnull=False).order_by("pk").values_list("pk", flat=True):
        sending.send(pk)


def to(mailbox, address=STRANGER):
    """The mails to an address so far."""
    return [mail for mail in mailbox.mails() if mail["To"] == address]


def test_a_stranger_is_asked_once_and_hears_nothing_before_they_say_yes(town, melding, case, mailbox):
    for _ in range(3):
        ask(town, melding)
    triage.take(case)
    send_all()
    (mail,) = to(mailbox)
    assert mail["Subject"] == "Wilt u dit volgen? Container vol"
    for words in (plain(mail), html(mail)):
        assert not [typed for typed in TYPED if typed in words]


def test_by_one_button_they_follow_and_by_another_they_stop(town, resident, melding, case, mailbox):
    ask(town, melding)
    send_all()
    path = re.search(r"http://stad.example(/volg/\S{43})\n", plain(to(mailbox)[0]))[1]
    assert "Wilt u deze melding volgen?" in resident.get(path).text
    assert "U volgt deze melding" in resident.get(resident.post(f"{path}/mail", {"say": "confirm"})["Location"]).text
    triage.take(case)
    send_all()
    assert [mail["Subject"] for mail in to(mailbox)][1:] == ["Wij zijn bezig: container vol"]
    shown = resident.get(resident.post(f"{path}/mail", {"say": "refuse"})["Location"])
    assert "Deze mails zijn gestopt" in shown.text
    triage.close(case, "solved")
    ask(town, reported(town)), send_all()
    assert len([mail for mail in to(mailbox) if "Opgelost" in mail["Subject"]]) == 0


@pytest.mark.parametrize("path", ["", "/niet-ik", "/mail"])
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_program_that_opens_every_link_says_nothing(town, resident, melding, path, method):
    follower = follower_of(melding, confirmed_at=None)
    getattr(resident, method)(f"/volg/{follower.token}{path}", {"say": "confirm"})
    assert Recipient.objects.filter(pk=follower.pk, confirmed_at=None, stopped_at=None).exists()


def test_another_website_cannot_press_the_button(town, melding):
    client = Client(headers={"host": town.host}, enforce_csrf_checks=True)
    assert client.post(f"/volg/{follower_of(melding).token}/mail", {"say": "refuse"}).status_code == 403


def test_who_stopped_is_not_asked_again(town, resident, melding, mailbox):
    follower = follower_of(melding, STRANGER, confirmed_at=None)
    resident.post(f"/volg/{follower.token}/mail", {"say": "refuse"})
    ask(town, melding, STRANGER.upper()), send_all()
    assert to(mailbox) == []
    assert Mailbox.objects.get().refused_at is not None


def test_who_wanted_it_and_wants_it_no_more_was_no_victim(resident, melding):
    resident.post(f"/volg/{follower_of(melding).token}/mail", {"say": "refuse"})
    assert Recipient.objects.filter(stopped_at__isnull=False).count() == 1
    assert not Mailbox.objects.exists()


def test_history_says_nothing_of_followers(resident, melding):
    follower = follower_of(melding, confirmed_at=None)
    for word in ("confirm", "refuse"):
        resident.post(f"/volg/{follower.token}/mail", {"say": word})
    assert Event.objects.count() == 1


def test_thirty_strangers_requests_with_one_address_are_three_mails(town, mailbox):
    for _ in range(6):
        ask(town, reported(town, address="")), send_all()
    assert len(to(mailbox)) == 3


def test_what_is_held_of_requests_and_reports_is_one_mail(town, mailbox, monkeypatch):
    for _ in range(5):
        ask(town, reported(town, address=""))
    monkeypatch.setattr("meldingen.notifications.allowance.take", lambda mailbox: False)
    monkeypatch.setattr("meldingen.notifications.allowance.digest_from", lambda mailbox, held_at: held_at)
    send_all()
    words = "".join(plain(mail) for mail in to(mailbox))
    assert words.count("Iemand vulde dit adres in om") == 5


def test_what_is_closed_suspect_or_confidential_cannot_be_followed(town, melding, case):
    suspect, confidential = reported(town, is_suspect=True), reported(town, category=town.dumping)
    Category.objects.filter(pk=town.dumping.pk).update(is_confidential=True)
    triage.close(case, "solved")
    for each in (melding, suspect, confidential):
        with pytest.raises(Refused):
            ask(town, each)


def test_no_address_and_no_neighbour(town, neighbour, melding):
    with pytest.raises(ValidationError):
        ask(town, melding, "geen adres")
    with pytest.raises(Melding.DoesNotExist):
        ask(neighbour, melding)


def test_who_asks_for_one_that_was_merged_follows_the_other(town, melding):
    merged = town.melding(lead=melding)
    ask(town, merged)
    assert Recipient.objects.get(kind="follower").melding == melding
