"""Following a melding that somebody else made, over HTTP and by mail."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from meldingen.categories.models import Category
from meldingen.handling import triage
from meldingen.notifications import consent, following, sending
from meldingen.notifications.models import Delivery, Mailbox, Recipient
from meldingen.record.models import Event, Melding
from meldingen.refusals import Refused
from tests.factories import Town, follower_of, recipient_of
from tests.meldingen.notifications.conftest import Mailbox as Letters
from tests.meldingen.notifications.reporters import html, plain, reported

STRANGER = "buur@example.org"
TYPED = ("puilt", "stinkt", "afval", "kwaad.example", "Dorpsstraat", "Jansen", "melder@example.org")


@pytest.fixture
def melding(town: Town) -> Melding:
    return reported(town, place_text="Dorpsstraat 12", name="Jansen")


@pytest.fixture
def case(town: Town, melding: Melding) -> triage.Case:
    return triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())


def ask(town: Town, melding: Melding, address: str = STRANGER) -> None:
    following.follow(town.municipality, melding.pk, address, "nl")


def send_all() -> None:
    for pk in Delivery.objects.filter(due_at__isnull=False).order_by("pk").values_list("pk", flat=True):
        sending.send(pk)


def to(mailbox: Letters, address: str = STRANGER) -> Any:
    """The mails to an address so far."""
    return [mail for mail in mailbox.mails() if mail["To"] == address]


def test_a_stranger_is_asked_once_and_hears_nothing_before_they_say_yes(
    town: Town, melding: Melding, case: triage.Case, mailbox: Letters
) -> None:
    for _ in range(3):
        ask(town, melding)
    triage.take(case)
    send_all()
    (mail,) = to(mailbox)
    assert mail["Subject"] == "Wilt u dit volgen? Container vol"
    for words in (plain(mail), html(mail)):
        assert not [typed for typed in TYPED if typed in words]


def test_by_one_button_they_follow_and_by_another_they_stop(
    town: Town, resident: Client, melding: Melding, case: triage.Case, mailbox: Letters
) -> None:
    ask(town, melding)
    send_all()
    (path,) = re.findall(r"http://stad.example(/volg/\S{43})\n", plain(to(mailbox)[0]))
    assert "Wilt u deze melding volgen?" in resident.get(path).text
    assert "U volgt deze melding" in resident.get(resident.post(f"{path}/mail", {"say": "confirm"})["Location"]).text
    triage.take(case)
    send_all()
    assert [mail["Subject"] for mail in to(mailbox)][1:] == ["Wij zijn bezig: container vol"]
    shown = resident.get(resident.post(f"{path}/mail", {"say": "refuse"})["Location"])
    assert "Deze mails zijn gestopt" in shown.text
    triage.close(case, "solved")
    ask(town, reported(town))
    send_all()
    assert len([mail for mail in to(mailbox) if "Opgelost" in mail["Subject"]]) == 0


@pytest.mark.parametrize("path", ["", "/niet-ik", "/mail"])
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_program_that_opens_every_link_says_nothing(
    town: Town, resident: Client, melding: Melding, path: str, method: str
) -> None:
    follower = follower_of(melding, confirmed_at=None)
    getattr(resident, method)(f"/volg/{follower.token}{path}", {"say": "confirm"})
    assert Recipient.objects.filter(pk=follower.pk, confirmed_at=None, stopped_at=None).exists()


def test_another_website_cannot_press_the_button(town: Town, melding: Melding) -> None:
    client = Client(headers={"host": town.host}, enforce_csrf_checks=True)
    assert client.post(f"/volg/{follower_of(melding).token}/mail", {"say": "refuse"}).status_code == 403


def test_who_stopped_is_not_asked_again(town: Town, resident: Client, melding: Melding, mailbox: Letters) -> None:
    follower = follower_of(melding, STRANGER, confirmed_at=None)
    resident.post(f"/volg/{follower.token}/mail", {"say": "refuse"})
    ask(town, melding, STRANGER.upper())
    send_all()
    assert to(mailbox) == []
    assert Mailbox.objects.get().refused_at is not None


def test_who_wanted_it_and_wants_it_no_more_was_no_victim(resident: Client, melding: Melding) -> None:
    resident.post(f"/volg/{follower_of(melding).token}/mail", {"say": "refuse"})
    assert Recipient.objects.filter(stopped_at__isnull=False).count() == 1
    assert not Mailbox.objects.exists()


def test_history_says_nothing_of_followers(resident: Client, melding: Melding) -> None:
    follower = follower_of(melding, confirmed_at=None)
    for word in ("confirm", "refuse"):
        resident.post(f"/volg/{follower.token}/mail", {"say": word})
    assert Event.objects.count() == 1


def test_thirty_strangers_requests_with_one_address_are_three_mails(town: Town, mailbox: Letters) -> None:
    for _ in range(6):
        ask(town, reported(town, address=""))
        send_all()
    assert len(to(mailbox)) == 3


def test_what_is_held_of_requests_and_reports_is_one_mail(
    town: Town, mailbox: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        ask(town, reported(town, address=""))
    monkeypatch.setattr("meldingen.notifications.allowance.take", lambda mailbox: False)
    monkeypatch.setattr("meldingen.notifications.allowance.digest_from", lambda mailbox, held_at: held_at)
    send_all()
    words = "".join(plain(mail) for mail in to(mailbox))
    assert words.count("Iemand vulde dit adres in om") == 5


def test_what_is_closed_suspect_or_confidential_cannot_be_followed(
    town: Town, melding: Melding, case: triage.Case
) -> None:
    suspect, confidential = reported(town, is_suspect=True), reported(town, category=town.dumping)
    Category.objects.filter(pk=town.dumping.pk).update(is_confidential=True)
    triage.close(case, "solved")
    for each in (melding, suspect, confidential):
        with pytest.raises(Refused):
            ask(town, each)


def test_no_address_and_no_neighbour(town: Town, neighbour: Town, melding: Melding) -> None:
    with pytest.raises(ValidationError):
        ask(town, melding, "geen adres")
    with pytest.raises(Melding.DoesNotExist):
        ask(neighbour, melding)


def test_who_reported_it_is_not_asked_for_they_hear_of_it(town: Town, melding: Melding) -> None:
    reported(town, address="ander@example.org", lead=melding)
    for address in ("Melder@example.org", "ander@example.org"):
        ask(town, melding, address)
    assert not Recipient.objects.filter(kind="follower").exists()


def test_who_refuses_everything_refuses_to_follow_too(town: Town, melding: Melding, mailbox: Letters) -> None:
    other = reported(town, address=STRANGER)
    ask(town, melding)
    assert consent.refuse(recipient_of(other), everything=True) == 2
    send_all()
    assert to(mailbox) == []


def test_who_asks_for_one_that_was_merged_follows_the_other(town: Town, melding: Melding) -> None:
    merged = town.melding(lead=melding)
    ask(town, merged)
    assert Recipient.objects.get(kind="follower").melding == melding
