"""The mails to reporters: a receipt, word of a public change, and a digest of several. Text and simple HTML.

No mail has a word that a reporter typed: anybody can fill in anybody's address. What they wrote stands on the private
page (ADR 6).
"""

import hashlib
import re
from collections.abc import Sequence
from email.headerregistry import Address
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext

from meldingen.notifications.labels import PUBLIC_WORDS, about, expected, subject
from meldingen.notifications.links import Links
from meldingen.notifications.quoting import repeats
from meldingen.record import references, workflow
from meldingen.record.models import Event, Melding, Reporter
from meldingen.tenancy.models import Host, Municipality

_GAPS = re.compile(r"\n[ \n]+\n")  # what tags leave behind
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def message_for(event: Event) -> EmailMultiAlternatives:
    """The mail about `event` in the reporter's language.

    The event comes with its municipality, melding, category, buurt, reporter and answer.
    """
    reporter, melding = event.melding.reporter, event.melding
    with translation.override(reporter.language), timezone.override(event.municipality.time_zone):
        links = Links(event.municipality)
        kind = "receipt" if event.kind == Event.Kind.RECEIVED else "change"
        context = _frame(event.municipality, reporter, links.not_me(melding, reporter)) | _facts(event, links)
        context["declined"] = event.to_state == workflow.DECLINED
        return _mail(event, [event], f"mail/{kind}", subject(event), context)


def digest_of(events: Sequence[Event]) -> EmailMultiAlternatives:
    """One mail about several events of one municipality and one address, in the language of the newest melding.

    Each event comes as for message_for. A melding is named once, with its state of now and all that was answered.
    """
    newest = max(events, key=lambda event: event.melding_id)
    reporter = newest.melding.reporter
    with translation.override(reporter.language), timezone.override(newest.municipality.time_zone):
        links = Links(newest.municipality)
        facts: dict[int, dict[str, Any]] = {}
        for event in events:
            said = _facts(event, links)
            known = facts.setdefault(event.melding_id, said | {"answers": [], "withheld": False})
            known["words"] = PUBLIC_WORDS[event.melding.state]
            known["answers"] += [said["answer"]] if said["answer"] else []
            known["withheld"] |= said["withheld"]
        number = len(facts)
        title = ngettext("News about {n} report", "News about {n} reports", number).format(n=number)
        context = _frame(newest.municipality, reporter, links.not_me(newest.melding, reporter))
        context |= {"meldingen": list(facts.values()), "title": title, "number_of_meldingen": number}
        return _mail(newest, events, "mail/digest", title, context)


def message_id(events: Sequence[Event]) -> str:
    """The same for the same events, whenever it is asked; tells nobody how many events there are."""
    named = "+".join(f"{event.melding.follow_token}/{event.pk}" for event in events)
    secret = hashlib.sha256(named.encode()).hexdigest()[:40]
    host = Host.objects.filter(municipality=events[0].municipality).order_by("-is_primary", "id").first()
    return f"<{secret}@{host.name if host else 'localhost'}>"


def sender(municipality: Municipality) -> str:
    """The municipality as it stands in From."""
    user, _at, domain = municipality.contact_email.rpartition("@")
    return str(Address(one_line(municipality.publisher_name), user, domain))


def one_line(text: str) -> str:
    """A text as it may stand in a header: no line breaks, no control characters."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _mail(
    event: Event, events: Sequence[Event], template: str, title: str, context: dict[str, Any]
) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=one_line(title),
        body=_GAPS.sub("\n\n", render_to_string(f"{template}.txt", context)).strip() + "\n",
        from_email=sender(event.municipality),
        to=[event.melding.reporter.email],
        headers={
            "Message-ID": message_id(events),
            # Answering machines leave this alone, so that no two of them keep each other busy.
            "Auto-Submitted": "auto-generated",
            "Content-Language": event.melding.reporter.language,
        },
    )
    mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return mail


def _frame(municipality: Municipality, reporter: Reporter, not_me: str) -> dict[str, Any]:
    """What stands around every mail."""
    return {
        "municipality": municipality,
        "language": reporter.language,
        "not_me": "" if reporter.confirmed_at else not_me,
    }


def _facts(event: Event, links: Links) -> dict[str, Any]:
    """What a mail may say of a melding: codes, moments and names of our own, and what we answered."""
    melding, answer = event.melding, getattr(event, "answer", None)
    withheld = answer is not None and repeats(answer.text, _said(melding))
    return {
        "reference": references.spaced(melding.reference),
        "received_at": melding.received_at,
        "category": melding.category.name if melding.category else "",
        "about": about(melding),
        "buurt": melding.buurt.name,
        "danger": melding.danger,
        "words": PUBLIC_WORDS.get(event.to_state, ""),
        "expected": expected(melding),
        "answer": "" if answer is None or withheld else answer.text,
        "withheld": withheld,
        "link": links.page(melding, melding.reporter),
    }


def _said(melding: Melding) -> str:
    return "\n".join((melding.text, melding.place_text, melding.reporter.name))
