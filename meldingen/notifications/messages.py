"""The mails to people, as text and simple HTML: a receipt, word of a public change, an invitation, and a digest.

No mail has a word that a reporter typed: anybody can fill in anybody's address. What they wrote stands on the private
page (ADR 6).
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from email.headerregistry import Address
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldingen.notifications import labels, reading
from meldingen.notifications.links import Links
from meldingen.notifications.models import Delivery, Recipient
from meldingen.notifications.offers import offers
from meldingen.notifications.quoting import repeats
from meldingen.record import references, workflow
from meldingen.record.models import Event, Melding
from meldingen.tenancy.models import Host, Municipality

_GAPS = re.compile(r"\n[ \n]+\n")  # what tags leave behind
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def message_for(delivery: Delivery) -> EmailMultiAlternatives:
    """The mail of one delivery in the recipient's language.

    It comes with its municipality; its event with melding and answer; its recipient with melding, and that with
    category, buurt and reporter.
    """
    event, recipient = delivery.event, delivery.recipient
    with translation.override(recipient.language), timezone.override(delivery.municipality.time_zone):
        links = Links(delivery.municipality)
        context = _frame(delivery.municipality, recipient, links) | _facts(delivery, links)
        context["declined"] = event.to_state == workflow.DECLINED
        if delivery.purpose == Delivery.Purpose.INVITATION:
            return _mail([delivery], "mail/invitation", labels.subject_of_invitation(_melding(recipient)), context)
        if delivery.purpose == Delivery.Purpose.LINK:
            return _mail([delivery], "mail/relink", labels.subject_of_link(_melding(recipient)), context)
        if not reading.is_own(recipient, event):
            title = labels.subject_for_others(event, _melding(recipient))
            return _mail([delivery], "mail/followed", title, context)
        kind = "receipt" if event.kind == Event.Kind.RECEIVED else "change"
        return _mail([delivery], f"mail/{kind}", labels.subject(event, _melding(recipient)), context)


def digest_of(deliveries: Sequence[Delivery]) -> EmailMultiAlternatives:
    """One mail for several deliveries in one municipality to one address, in the language of the newest melding.

    Each comes as for message_for. A melding is named once, with its state of now and all that was answered.
    """
    newest = max(deliveries, key=lambda delivery: delivery.recipient.melding_id or 0)
    with translation.override(newest.recipient.language), timezone.override(newest.municipality.time_zone):
        links = Links(newest.municipality)
        facts: dict[int, dict[str, Any]] = {}
        for delivery in deliveries:
            facts_now = _facts(delivery, links)
            facts_so_far = facts.setdefault(delivery.recipient_id, facts_now | {"answers": [], "withheld": False})
            facts_so_far["words"] = _words_of_now(delivery)
            if delivery.event.to_state:  # an answer that came after it was closed takes no reason away
                facts_so_far["reason"] = (
                    facts_now["reason"] if delivery.event.to_state == delivery.event.melding.state else ""
                )
            facts_so_far["answers"] += [facts_now["answer"]] if facts_now["answer"] else []
            facts_so_far["withheld"] |= facts_now["withheld"]
        number = len(facts)
        title = ngettext("News about {n} report", "News about {n} reports", number).format(n=number)
        context = _frame(newest.municipality, newest.recipient, links)
        context |= {"meldingen": list(facts.values()), "title": title, "number_of_meldingen": number}
        return _mail(deliveries, "mail/digest", title, context)


def message_id(deliveries: Sequence[Delivery]) -> str:
    """The same for the same deliveries, whenever it is asked; tells nobody how many there are."""
    marks = "+".join(map(_mark, deliveries))
    secret = hashlib.sha256(marks.encode()).hexdigest()[:40]
    host = Host.objects.of(deliveries[0].municipality).order_by("-is_primary", "id").first()
    return f"<{secret}@{host.name if host else 'localhost'}>"


def _mark(delivery: Delivery) -> str:
    """What makes a mail this one: a link is sent again each time that somebody asks."""
    mark = f"{delivery.recipient.token}/{delivery.event_id}/{delivery.purpose}"
    return f"{mark}/{delivery.created_at}" if delivery.purpose == Delivery.Purpose.LINK else mark


def sender(municipality: Municipality) -> str:
    """The municipality as it stands in From."""
    user, _at, domain = municipality.contact_email.rpartition("@")
    return str(Address(one_line(municipality.publisher_name), user, domain))


def one_line(text: str) -> str:
    """A text as it may stand in a header: no line breaks, no control characters."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _mail(deliveries: Sequence[Delivery], template: str, title: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=one_line(title),
        body=_GAPS.sub("\n\n", render_to_string(f"{template}.txt", context)).strip() + "\n",
        from_email=sender(context["municipality"]),
        to=[deliveries[0].recipient.address],
        headers={
            "Message-ID": message_id(deliveries),
            # Answering machines leave this alone, so that no two of them keep each other busy.
            "Auto-Submitted": "auto-generated",
            "Content-Language": context["language"],
        },
    )
    mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return mail


def _frame(municipality: Municipality, recipient: Recipient, links: Links) -> dict[str, Any]:
    """What stands around every mail. Who follows can always stop; a report that is confirmed is somebody's own."""
    follows = recipient.kind == Recipient.Kind.FOLLOWER
    return {
        "municipality": municipality,
        "language": recipient.language,
        "follows": follows,
        "confirmed": recipient.confirmed_at is not None,
        "stop": links.stop(recipient) if follows or not recipient.confirmed_at else "",
    }


def _facts(delivery: Delivery, links: Links) -> dict[str, Any]:
    """What a mail may say of a melding: codes, moments and names of our own, and what we answered."""
    event, recipient = delivery.event, delivery.recipient
    melding, own = _melding(recipient), reading.is_own(recipient, event)
    answer = reading.answer_of(event) if own else None
    withheld = answer is not None and repeats(answer.text, reading.typed(melding))
    words = labels.PUBLIC_WORDS if own else labels.OTHERS_WORDS
    for_everybody = "" if own or _invites(delivery) else reading.shared_answer(event, event.melding)
    return {
        "reference": references.spaced(melding.reference),
        "received_at": melding.received_at,
        "category": melding.category.name if melding.category else "",
        "about": labels.about(melding) if own else labels.about_for_others(melding),
        "buurt": melding.buurt.name,
        "danger": melding.danger if own else "",
        "words": labels.MERGED_WORDS if event.kind == Event.Kind.MERGED else words.get(event.to_state, ""),
        "expected": _expectation(event, own=own),
        "answer": for_everybody if answer is None or withheld else answer.text,
        "withheld": withheld,
        "reason": labels.reason(event, for_others=not own),
        "disagree": _until(event) if own else None,
        "own": recipient.kind == Recipient.Kind.REPORTER,
        "link": links.page(recipient),
    }


def _until(event: Event) -> date | None:
    """The last day on which the reporter can say that it is not solved; None where that is not asked."""
    return offers(event.melding, timezone.now()).until if event.melding.state == workflow.SOLVED else None


def _expectation(event: Event, *, own: bool) -> str:
    """When it will be done; of one that was merged, when the one that leads it will be."""
    if event.kind == Event.Kind.MERGED:
        return labels.expected_for_others(reading.standing(event.melding))
    return labels.expected(event.melding) if own else labels.expected_for_others(event.melding)


def _words_of_now(delivery: Delivery) -> Any:
    if _invites(delivery):
        return _("Somebody filled in this address to follow this report. Do you want to? Say so on its page.")
    if delivery.event.kind == Event.Kind.MERGED:
        return labels.MERGED_WORDS
    state = delivery.event.melding.state
    own = reading.is_own(delivery.recipient, delivery.event)
    return (labels.PUBLIC_WORDS if own else labels.OTHERS_WORDS)[state]


def _invites(delivery: Delivery) -> bool:
    return delivery.purpose == Delivery.Purpose.INVITATION


def _melding(recipient: Recipient) -> Melding:
    """The one that a person reported or follows."""
    if recipient.melding is None:
        raise TypeError("no person: a mailbox of ours")
    return recipient.melding
