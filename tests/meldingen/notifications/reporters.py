"""Meldingen with a reporter and a mail that is due, and the parts of a mail."""

from typing import Any

from meldingen.notifications.messages import message_for
from meldingen.notifications.models import Delivery, Recipient
from meldingen.record.models import Answer, Event, Melding
from tests.factories import Town, delivery_of, mail_due, reporter_of

ADDRESS = "melder@example.org"
TEXT = "De container puilt uit.\r\nEr ligt <b>afval</b> naast, zie http://kwaad.example/x & het stinkt."


def reported(town: Town, language: str = "nl", address: str = ADDRESS, name: str = "", **values: Any) -> Melding:
    given: dict[str, Any] = {"text": TEXT, "category": town.container}
    melding = town.melding(**(given | values))
    reporter_of(melding, address, language=language, name=name)
    return melding


def received(town: Town, **values: Any) -> Delivery:
    """The receipt of a new melding."""
    return mail_due(reported(town, **values).events.get())


def answered(town: Town, event: Event, text: str, **values: Any) -> Event:
    own = {"municipality": town.municipality, "melding": event.melding, "event": event}
    Answer.objects.create(**own, text=text, author=town.member(), **values)
    return event


def mail_of(event: Event, recipient: Recipient | None = None, **values: Any) -> Any:
    """The mail about an event, as it is sent; to the reporter unless somebody else is named."""
    return message_for(delivery_of(Event.objects.get(pk=event.pk), recipient, **values)).message()


def part(mail: Any, kind: str) -> str:
    (found,) = [each for each in mail.walk() if each.get_content_type() == kind]
    return bytes(found.get_payload(decode=True)).decode()


def plain(mail: Any) -> str:
    return part(mail, "text/plain")


def html(mail: Any) -> str:
    return part(mail, "text/html")
