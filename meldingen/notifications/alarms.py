"""The mail to the duty mailbox: what is dangerous, where and since when. Text and simple HTML.

It holds no word of a reporter: what danger, the reference, when, category, buurt, address and object from lists of the
municipality, never how the reporter described the place, what was answered to "call 112", and the address of the
melding for colleagues.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import ngettext

from meldingen.notifications.messages import one_line, sender
from meldingen.places.models import Asset
from meldingen.record import events, references
from meldingen.record.models import Event, Melding
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.urls import absolute

MOST_LINES = 40  # meldingen that one mail names; the others are counted
STRONGEST = (Melding.Danger.GAS, Melding.Danger.LIFE, Melding.Danger.HAZARD, Melding.Danger.NONE)


@dataclass(frozen=True)
class Line:
    """One melding as the mail tells of it."""

    danger: str | Promise
    answer: str | Promise
    reference: str
    received_at: datetime
    deadline: datetime | None
    category: str
    buurt: str
    link: str
    place: str = ""


def alarm(municipality: Municipality, reports: Sequence[Event]) -> EmailMultiAlternatives:
    """The mail about these, received or judged dangerous, in the municipality's own language and time.

    They come with their melding, its category and its buurt; one at least.
    """
    with translation.override(settings.LANGUAGE_CODE), timezone.override(municipality.time_zone):
        meldingen = [event.melding for event in reports]
        context = {
            "municipality": municipality,
            "lines": _placed(lines(municipality, meldingen[:MOST_LINES]), meldingen),
            "more": max(0, len(meldingen) - MOST_LINES),
            "list": absolute(municipality, reverse("admin:meldingen_melding_changelist")),
        }
        mail = EmailMultiAlternatives(
            subject=one_line(_subject(meldingen)),
            body=render_to_string("mail/alarm.txt", context),
            from_email=sender(municipality),
            to=[municipality.duty_email],
            headers=headers(municipality, meldingen, _marks(reports)) | {"Importance": "high", "X-Priority": "1"},
        )
        mail.attach_alternative(render_to_string("mail/alarm.html", context), "text/html")
        return mail


def _placed(told: Sequence[Line], meldingen: Sequence[Melding]) -> list[Line]:
    """With the object and the address, for who has to go there at once; one query more, however many."""
    ids = [melding.asset_id for melding in meldingen if melding.asset_id]
    assets = (
        Asset.objects.of(meldingen[0].municipality_id).filter(pk__in=ids).select_related("kind").in_bulk()
        if ids
        else {}
    )
    return [
        replace(line, place=", ".join(str(part) for part in (assets.get(melding.asset_id), melding.address) if part))
        for line, melding in zip(told, meldingen, strict=False)
    ]


def _marks(reports: Sequence[Event]) -> Sequence[str]:
    """By which a second mail about a melding is no copy of the first."""
    return [str(event.pk) for event in reports if event.kind != Event.Kind.RECEIVED]


def headers(municipality: Municipality, meldingen: Sequence[Melding], marks: Sequence[str] = ()) -> dict[str, str]:
    """Those of a mail to a mailbox of ours: the same Message-ID for the same meldingen, whenever it is asked."""
    names = "/".join([*(melding.follow_token for melding in meldingen), *marks])
    secret = hashlib.sha256(names.encode()).hexdigest()[:40]
    domain = municipality.contact_email.rpartition("@")[2]
    return {"Message-ID": f"<{secret}@{domain}>", "Auto-Submitted": "auto-generated"}


def _subject(meldingen: Sequence[Melding]) -> str:
    danger = Melding.Danger(min((melding.danger for melding in meldingen), key=STRONGEST.index)).label
    if len(meldingen) == 1:
        return f"{danger}: {meldingen[0].buurt.name}, {references.spaced(meldingen[0].reference)}"
    return f"{danger}: " + ngettext("%(n)d melding", "%(n)d meldingen", len(meldingen)) % {"n": len(meldingen)}


def lines(municipality: Municipality, meldingen: Sequence[Melding]) -> list[Line]:
    """What a mail to a mailbox of ours says of each melding; in three queries, however many."""
    warnings = Event.objects.filter(melding__in=meldingen, kind=Event.Kind.WARNED)
    answers = {event.melding_id: events.Warned.read(event.codes).answer for event in warnings}
    site = absolute(municipality, "")
    return [
        Line(
            danger=Melding.Danger(melding.danger).label,
            answer=dict(Event.Answer.choices).get(answers.get(melding.pk, ""), ""),
            reference=references.spaced(melding.reference),
            received_at=melding.received_at,
            deadline=melding.deadline,
            category=melding.category.name if melding.category else "",
            buurt=melding.buurt.name,
            link=site + reverse("admin:meldingen_melding_change", args=[melding.pk]),
        )
        for melding in meldingen
    ]
