"""Mail that came back or was given up: of the duty mailbox, of teams, and of reporters."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldingen.notifications import recipients
from meldingen.notifications.models import TO_PEOPLE, Delivery, Recipient
from meldingen.record import references
from meldingen.tenancy.models import Municipality
from meldingen.upkeep.defects import Defect, Subject

DAYS = 14  # after which nobody calls a reporter about a mail any more
MOST = 20  # meldingen that are named


def look(where: Municipality) -> Iterator[Defect]:
    """The duty mailbox first: who reads there hears of danger."""
    ours = Recipient.objects.of(where).filter(bounced_at__isnull=False, team=None, kind=Recipient.Kind.DUTY)
    teams = Recipient.objects.of(where).filter(bounced_at__isnull=False, kind=Recipient.Kind.TEAM)
    for mailbox in [*ours.select_related("municipality"), *teams.select_related("team").order_by("team__name")]:
        if recipients.bounces(mailbox):
            yield _of_mailbox(where, mailbox)
    yield from _to_people(where)
    if number := _given_up(where):
        sentence = ngettext(
            "%(n)d mail of the last two days could not be handed to the mail server.",
            "%(n)d mails of the last two days could not be handed to the mail server.",
            number,
        )
        path = f"{reverse('admin:broken')}#operator"
        yield Defect(Subject.MAIL, sentence % {"n": number}, _("Tell who manages the servers"), path)


def _of_mailbox(where: Municipality, mailbox: Recipient) -> Defect:
    day = formats.date_format(timezone.localtime(mailbox.bounced_at), "j F")
    if mailbox.team is None:
        words = _("A mail to the duty mailbox came back on %(day)s: nobody there hears of danger.") % {"day": day}
        path = reverse("admin:tenancy_municipality_change", args=[where.pk])
        return Defect(Subject.MAIL, words, _("Fill in an address that is read"), path, is_grave=True)
    words = _("A mail to the team %(team)s came back on %(day)s: it does not hear of its meldingen.")
    path = reverse("admin:tenancy_team_change", args=[mailbox.team.pk])
    return Defect(
        Subject.MAIL, words % {"team": mailbox.team.name, "day": day}, _("Change the address of the team"), path
    )


def _to_people(where: Municipality) -> Iterator[Defect]:
    """Each melding of which a person was not reached: somebody may call them."""
    since = timezone.now() - timedelta(days=DAYS)
    rows = Delivery.objects.of(where).filter(bounced_at__gt=since, purpose__in=TO_PEOPLE)
    rows = rows.exclude(recipient__address_key="").order_by("-bounced_at", "-pk")
    others = ("recipient__melding__reporter", "recipient__municipality")
    heavy = ("recipient__melding__text", "recipient__melding__search")
    meldingen: set[int] = set()
    for delivery in rows.select_related(*others).defer(*heavy)[: 10 * MOST]:
        melding = delivery.recipient.melding
        if melding is None or melding.pk in meldingen or not recipients.bounces(delivery.recipient):
            continue
        meldingen.add(melding.pk)
        yield Defect(
            Subject.MAIL,
            _("A mail about melding %(reference)s came back: %(why)s.")
            % {"reference": references.spaced(melding.reference), "why": _why(delivery.bounce_code)},
            _("Open it, and call the reporter"),
            reverse("admin:meldingen_melding_change", args=[melding.pk]),
        )
        if len(meldingen) == MOST:
            return


def _why(code: str) -> str:
    if code.startswith(recipients.NO_SUCH_ADDRESS):
        return _("the address does not exist")
    if code.startswith("5.2.2"):
        return _("the mailbox is full")
    return _("its mail server refused it (%(code)s)") % {"code": code}


def _given_up(where: Municipality) -> int:
    """Mails of two days that were tried until the end and never sent."""
    since = timezone.now() - timedelta(days=2)
    mails = Delivery.objects.of(where).filter(sent_at=None, due_at=None, attempts__gt=0, bounced_at=None)
    nobody = {"recipient__address_key": "", "recipient__kind__in": recipients.PEOPLE}  # forgotten meanwhile
    return mails.filter(created_at__gt=since).exclude(**nobody).count()
