"""The mail to the coordinators: a colleague called something a threat. Text and simple HTML, without a word of it."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from meldingen.notifications.alarms import MOST_LINES, headers, lines
from meldingen.notifications.messages import one_line, sender
from meldingen.notifications.models import coordinators_of
from meldingen.record.models import Event
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.urls import absolute


def threat(municipality: Municipality, calls: Sequence[Event]) -> EmailMultiAlternatives:
    """The mail about the events by which these were called so, in the municipality's own language and time.

    They come with their melding, its category and its buurt; one at least.
    """
    meldingen = list({event.melding_id: event.melding for event in calls}.values())
    with translation.override(settings.LANGUAGE_CODE), timezone.override(municipality.time_zone):
        number = len(meldingen)
        context = {
            "municipality": municipality,
            "lines": lines(municipality, meldingen[:MOST_LINES]),
            "more": max(0, number - MOST_LINES),
            "list": absolute(municipality, f"{reverse('admin:index')}?list=held"),
        }
        mail = EmailMultiAlternatives(
            subject=one_line(ngettext("%(n)d threat", "%(n)d threats", number) % {"n": number}),
            body=render_to_string("mail/threat.txt", context),
            from_email=sender(municipality),
            to=coordinators_of(municipality),
            headers=headers(municipality, meldingen, [f"threat{event.pk}" for event in calls]),
        )
        mail.attach_alternative(render_to_string("mail/threat.html", context), "text/html")
        return mail
