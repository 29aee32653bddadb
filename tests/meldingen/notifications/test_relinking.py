from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from meldingen.notifications import relinking, tasks
from meldingen.notifications.messages import message_id
from meldingen.notifications.models import Delivery, LinkRequest
from meldingen.notifications.recipients import address_key
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality
from tests.factories import Town, follower_of, recipient_of, reporter_of


@pytest.fixture
def melding(town: Town) -> Melding:
    melding = town.melding(category=town.container)
    reporter_of(melding, "sam@example.org")
    return melding


def asked(where: Municipality, reference: str, address: str) -> int:
    made = LinkRequest.objects.create(municipality=where, reference=reference, address_key=address_key(address))
    return made.pk


def test_who_reported_gets_the_link_and_nothing_that_they_wrote(town: Town, melding: Melding, mailbox: Any) -> None:
    tasks.send_link(asked(town.municipality, melding.reference, "Sam@Example.org"))
    (mail,) = mailbox.mails()
    body = mail.get_body(("plain",)).get_content()
    assert mail["To"] == "sam@example.org"
    assert f"/volg/{melding.follow_token}" in body
    assert melding.text not in body
    assert not LinkRequest.objects.exists()


@pytest.mark.parametrize("case", ["other address", "other reference", "neighbour", "stopped", "suspect", "unconfirmed"])
def test_nobody_else_gets_anything(town: Town, neighbour: Town, melding: Melding, mailbox: Any, case: str) -> None:
    where, reference, address = town.municipality, melding.reference, "sam@example.org"
    match case:
        case "other address":
            address = "ander@example.org"
        case "other reference":
            reference = "67D0B5GA"
        case "neighbour":
            where = neighbour.municipality
        case "stopped":
            type(recipient_of(melding)).objects.update(stopped_at=timezone.now())
        case "suspect":
            Melding.objects.update(is_suspect=True)
        case "unconfirmed":
            address = follower_of(melding, confirmed_at=None).email
    tasks.send_link(asked(where, reference, address))
    assert mailbox.mails() == []
    assert not LinkRequest.objects.exists()


def test_who_follows_gets_the_link_of_their_own_page(town: Town, melding: Melding, mailbox: Any) -> None:
    follower = follower_of(melding)
    tasks.send_link(asked(town.municipality, melding.reference, follower.email))
    body = mailbox.mails()[0].get_body(("plain",)).get_content()
    assert f"/volg/{follower.token}" in body
    assert melding.follow_token not in body


def test_one_address_gets_it_once_an_hour_whoever_asks(town: Town, melding: Melding, mailbox: Any) -> None:
    for _time in range(3):
        tasks.send_link(asked(town.municipality, melding.reference, "sam@example.org"))
    assert len(mailbox.mails()) == 1
    first = Delivery.objects.get(purpose=Delivery.Purpose.LINK)
    Delivery.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(hours=2))
    tasks.send_link(asked(town.municipality, melding.reference, "sam@example.org"))
    assert len(mailbox.mails()) == 2
    assert message_id([Delivery.objects.get(pk=first.pk)]) != message_id([first])


def test_after_contact_details_are_forgotten_nothing_is_sent(town: Town, melding: Melding, mailbox: Any) -> None:
    type(recipient_of(melding)).objects.update(token=None, address_key="")
    tasks.send_link(asked(town.municipality, melding.reference, "sam@example.org"))
    assert mailbox.mails() == []


def test_what_the_broker_lost_is_left_over(town: Town, melding: Melding) -> None:
    lost = asked(town.municipality, melding.reference, "sam@example.org")
    assert relinking.left_over(timedelta(minutes=1)) == []
    LinkRequest.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    assert relinking.left_over(timedelta(minutes=1)) == [lost]
