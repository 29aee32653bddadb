"""The mail of the morning: what is broken, to the colleagues who want to know. Nothing broken: no mail."""

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from meldingen.notifications.addresses import check_address
from meldingen.notifications.messages import one_line, sender
from meldingen.tenancy.failures import contain_failures
from meldingen.tenancy.models import Municipality, User
from meldingen.tenancy.roles import Right, standing_of
from meldingen.tenancy.urls import absolute
from meldingen.upkeep.defects import Defect
from meldingen.upkeep.looking import look
from meldingen.upkeep.models import MorningReader

logger = logging.getLogger(__name__)

FROM, UNTIL = 6, 12  # hours of the local clock between which it is sent


def want(where: Municipality, user: User, *, wants: bool) -> None:
    """Keep whether a colleague wants the mail; the first comes tomorrow."""
    if wants:
        today = timezone.now().astimezone(ZoneInfo(where.time_zone)).date()
        MorningReader.objects.get_or_create(municipality=where, user=user, defaults={"told_on": today})
    else:
        MorningReader.objects.of(where).filter(user=user).delete()


def wants(where: Municipality, user: User) -> bool:
    """Whether they asked for it."""
    return MorningReader.objects.of(where).filter(user=user).exists()


def tell(where: Municipality, now: datetime | None = None) -> int:
    """Mail everybody who wants to know and was not told today, when it is morning here; how many mails went out."""
    local = (now or timezone.now()).astimezone(ZoneInfo(where.time_zone))
    if not FROM <= local.hour < UNTIL:
        return 0
    day = local.date()
    readers = MorningReader.objects.of(where).exclude(told_on=day).order_by("pk")
    ids = list(readers.values_list("pk", flat=True))
    if not ids:
        return 0
    with translation.override(settings.LANGUAGE_CODE), timezone.override(where.time_zone):
        defects, number = look(where), 0
        for pk in ids:
            with contain_failures(f"a colleague of {where.code} is not told what is broken"), transaction.atomic():
                rows = readers.select_for_update(of=("self",), skip_locked=True).select_related("user")
                reader = rows.filter(pk=pk).first()
                if reader is None:
                    continue
                MorningReader.objects.filter(pk=pk).update(told_on=day)
                if defects and _may_read(where, reader.user):
                    mail(where, reader.user, defects, local).send()
                    number += 1
    return number


def mail(where: Municipality, user: User, defects: list[Defect], now: datetime) -> EmailMultiAlternatives:
    """The mail to one colleague: the sentences of the page, and its address."""
    site = absolute(where, "")
    number = len(defects)
    title = ngettext("%(n)d thing is broken in %(town)s", "%(n)d things are broken in %(town)s", number)
    context = {
        "municipality": where,
        "lines": [(defect, site + defect.path) for defect in defects],
        "page": site + reverse("admin:broken"),
    }
    domain = where.contact_email.rpartition("@")[2]
    message = EmailMultiAlternatives(
        subject=one_line(title % {"n": number, "town": where.name}),
        body=render_to_string("mail/broken.txt", context),
        from_email=sender(where),
        to=[user.email],
        headers={
            "Message-ID": f"<broken-{where.code.lower()}-{user.pk}-{now.date()}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": settings.LANGUAGE_CODE,
        },
    )
    message.attach_alternative(render_to_string("mail/broken.html", context), "text/html")
    return message


def has_address(user: User) -> bool:
    """Whether there is an address to mail."""
    try:
        check_address(user.email)
    except ValidationError:
        return False
    return True


def _may_read(where: Municipality, user: User) -> bool:
    """Who manages the town today, and has an address."""
    return Right.MANAGE in standing_of(user, where).rights and has_address(user)
