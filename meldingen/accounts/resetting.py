"""Somebody forgot a password and asks for a link; the answer is the same for an address that nobody has."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language

from meldingen import queueing
from meldingen.accounts import sessions, tasks
from meldingen.accounts.links import address_key
from meldingen.limits import counting
from meldingen.limits.counting import Mode, key_of
from meldingen.limits.senders import Sender
from meldingen.tenancy import auditing
from meldingen.tenancy.models import Membership, Municipality, ResetRequest, User


def wait_for_network(sender: Sender) -> float:
    """Count that this network asks; the seconds to wait when there was no room for it."""
    rate = settings.LIMITS["reset_network"]
    return counting.wait_for([(key_of("reset_network", sender.narrow), rate)], Mode.IF_ROOM) if rate else 0.0


def ask(where: Municipality, address: str) -> None:
    """Take down that somebody asks for a new password at this address; nothing when too many did so already."""
    key, rate = address_key(address), settings.LIMITS["reset"]
    if rate and counting.wait_for([(key_of("reset", str(where.pk), key), rate)], Mode.IF_ROOM):
        return
    with transaction.atomic():
        request = ResetRequest.objects.create(municipality=where, address_key=key, language=get_language() or "nl")
        queueing.after_commit(tasks.answer_reset, request.pk)


@transaction.atomic
def finish(where: Municipality, user: User) -> None:
    """Keep that a colleague chose a new password by the link of a mail, and end where they were signed in."""
    auditing.keep(where, auditing.Kind.PASSWORD_CHANGED, user, f"user:{user.pk}", {"by": "mail"})
    sessions.end_others(where, user, None)


def is_colleague(where: Municipality, user: User) -> bool:
    """Whether this user works here."""
    return Membership.objects.of(where).filter(user=user, user__is_active=True).exists()
