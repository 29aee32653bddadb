"""The mail to the mailbox of a team: which meldingen it got. Text and simple HTML, without a word of a reporter."""

import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from meldingen.notifications.alarms import MOST_LINES, headers, lines
from meldingen.notifications.messages import one_line, sender
from meldingen.record.models import Event
from meldingen.tenancy.models import Team
from meldingen.tenancy.urls import absolute


def handover(team: Team, arrivals: Sequence[Event]) -> EmailMultiAlternatives:
    """The mail about the events by which the team got these meldingen, in the municipality's own language and time.

    They come with their melding, its category and its buurt; one at least. A melding is named once.
    """
    municipality = team.municipality
    meldingen = list({event.melding_id: event.melding for event in arrivals}.values())
    with translation.override(settings.LANGUAGE_CODE), timezone.override(municipality.time_zone):
        number = len(meldingen)
        subject = ngettext("%(n)d melding for %(team)s", "%(n)d meldingen for %(team)s", number)
        context = {
            "municipality": municipality,
            "team": team,
            "lines": lines(municipality, meldingen[:MOST_LINES]),
            "more": max(0, number - MOST_LINES),
            "list": absolute(municipality, reverse("admin:meldingen_melding_changelist")),
        }
        mail = EmailMultiAlternatives(
            subject=one_line(subject % {"n": number, "team": team.name}),
            body=render_to_string("mail/handover.txt", context),
            from_email=sender(municipality),
            to=[team.email],
            headers=headers(municipality, meldingen) | {"Message-ID": _message_id(team, arrivals)},
        )
        mail.attach_alternative(render_to_string("mail/handover.html", context), "text/html")
        return mail


def _message_id(team: Team, arrivals: Sequence[Event]) -> str:
    """Of its own: the same melding may go to a team twice, and to the duty mailbox."""
    names = "/".join(f"{event.melding.follow_token}{event.pk}" for event in arrivals)
    secret = hashlib.sha256(f"{team.slug}/{names}".encode()).hexdigest()[:40]
    return f"<{secret}@{team.municipality.contact_email.rpartition('@')[2]}>"
