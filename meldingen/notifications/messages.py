"""The mails themselves: a receipt with a copy of the report, and word of each public change. Text and simple HTML."""

import hashlib
import re
from email.headerregistry import Address
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from meldingen import references
from meldingen.models import Event, Host, Melding, Municipality, Reporter
from meldingen.tenancy.addresses import absolute

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def message_for(event: Event, reporter: Reporter) -> EmailMultiAlternatives:
    """The mail about `event` in the reporter's language. `event` comes with its municipality, melding and answer."""
    with translation.override(reporter.language), timezone.override(event.municipality.time_zone):
        if event.kind == Event.Kind.RECEIVED:
            return _mail(event, reporter, "receipt", _("We received your report {reference}"))
        return _mail(event, reporter, "change", _("News about your report {reference}"))


def message_id(event: Event) -> str:
    """The same for the same event, whenever it is asked; tells nobody how many events there are."""
    secret = hashlib.sha256(f"{event.melding.follow_token}/{event.pk}".encode()).hexdigest()[:40]
    host = Host.objects.filter(municipality=event.municipality).order_by("-is_primary", "id").first()
    return f"<{secret}@{host.name if host else 'localhost'}>"


def sender(municipality: Municipality) -> str:
    """The municipality as it stands in From."""
    user, _at, domain = municipality.contact_email.rpartition("@")
    return str(Address(one_line(municipality.publisher_name), user, domain))


def one_line(text: str) -> str:
    """A text as it may stand in a header: no line breaks, no control characters."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _mail(event: Event, reporter: Reporter, name: str, subject: str) -> EmailMultiAlternatives:
    melding = event.melding
    context = _context(event, reporter)
    mail = EmailMultiAlternatives(
        subject=one_line(subject.format(reference=references.spaced(melding.reference))),
        body=render_to_string(f"meldingen/mail/{name}.txt", context),
        from_email=sender(event.municipality),
        to=[reporter.email],
        headers={
            "Message-ID": message_id(event),
            # Answering machines leave this alone, so that no two of them keep each other busy.
            "Auto-Submitted": "auto-generated",
            "Content-Language": reporter.language,
        },
    )
    mail.attach_alternative(render_to_string(f"meldingen/mail/{name}.html", context), "text/html")
    return mail


def _context(event: Event, reporter: Reporter) -> dict[str, Any]:
    melding, answer = event.melding, getattr(event, "answer", None)
    return {
        "municipality": event.municipality,
        "danger": melding.danger,
        "received_at": melding.received_at,
        "text": melding.text,
        "quoted": "\n".join(f"> {line}".rstrip() for line in melding.text.splitlines()),
        "reference": references.spaced(melding.reference),
        "language": reporter.language,
        "category": melding.category.name if melding.category else "",
        "place": melding.place_text or melding.buurt.name,
        "state": Melding.State(event.to_state).label if event.to_state else "",
        "answer": answer.text if answer else "",
        "link": absolute(event.municipality, reverse("volg", args=[melding.follow_token])),
    }
