"""Meldingen with a reporter and a mail that is due, and the parts of a mail."""

from meldingen.notifications.messages import message_for
from meldingen.notifications.models import Delivery
from meldingen.record.models import Answer, Event, Melding, Reporter

ADDRESS = "melder@example.org"
TEXT = "De container puilt uit.\r\nEr ligt <b>afval</b> naast, zie http://kwaad.example/x & het stinkt."


def reported(town, language="nl", address=ADDRESS, name="", **values) -> Melding:
    melding = town.melding(**({"text": TEXT, "category": town.container} | values))
    Reporter.objects.create(
        municipality=town.municipality, melding=melding, email=address, language=language, name=name
    )
    return melding


def due(event: Event) -> Delivery:
    return Delivery.objects.create(municipality_id=event.municipality_id, event=event)


def received(town, **values) -> Delivery:
    """The receipt of a new melding."""
    return due(reported(town, **values).events.get())


def answered(town, event: Event, text: str) -> Event:
    Answer.objects.create(
        municipality=town.municipality, melding=event.melding, event=event, text=text, author=town.member()
    )
    return event


def mail_of(event: Event):
    """The mail about an event, read back from what is sent."""
    return message_for(Event.objects.get(pk=event.pk)).message()


def part(mail, kind: str) -> str:
    (found,) = [each for each in mail.walk() if each.get_content_type() == kind]
    return found.get_payload(decode=True).decode()


def plain(mail) -> str:
    return part(mail, "text/plain")


def html(mail) -> str:
    return part(mail, "text/html")
