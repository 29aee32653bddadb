"""Sends the mails to colleagues: invitations, and links for a new password. Logs say which row, never an address."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from meldingen.accounts import letters
from meldingen.accounts.links import address_key
from meldingen.tenancy import auditing
from meldingen.tenancy.models import Invitation, Membership, ResetRequest, User

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 12
FIRST_PAUSE = timedelta(seconds=20)  # doubles with each attempt: the twelfth comes some eleven hours after the first
BATCH = 200


def send_invitation(invitation_id: int) -> None:
    """Send an invitation unless it was sent or is not open any more. One that fails is due again after a pause."""
    with transaction.atomic():
        rows = Invitation.objects.select_for_update(skip_locked=True, of=("self",)).select_related("municipality")
        invitation = rows.filter(pk=invitation_id, due_at__isnull=False).first()
        if invitation is None:
            return
        if not invitation.is_open or invitation.attempts >= MOST_ATTEMPTS:
            invitation.due_at = None
        else:
            _try(invitation)
        invitation.save(update_fields=["due_at", "sent_at", "attempts"])


def answer_reset(request_id: int) -> None:
    """Mail whoever works there with the address that was asked with. What was asked is deleted; a mail that fails
    leaves it for the sweep.
    """
    with transaction.atomic():
        rows = ResetRequest.objects.select_for_update(skip_locked=True, of=("self",)).select_related("municipality")
        request = rows.filter(pk=request_id).first()
        if request is None:
            return
        where = request.municipality
        for user in User.objects.filter(pk__in=Membership.objects.of(where).values("user"), is_active=True):
            if user.email and user.has_usable_password() and address_key(user.email) == request.address_key:
                letters.reset_letter(where, user, request.language).send()
                auditing.keep(where, auditing.Kind.RESET_ASKED, None, f"user:{user.pk}")
        request.delete()


def left_over(grace: timedelta) -> list[int]:
    """The ids of what was asked longer ago than that and nobody answered: the broker lost it, or the mail failed."""
    rows = ResetRequest.objects.filter(asked_at__lt=timezone.now() - grace).order_by("asked_at")
    return list(rows.values_list("pk", flat=True)[:BATCH])


def forget_old() -> None:
    """Forget what nobody could be mailed for a day. Once a night."""
    ResetRequest.objects.filter(asked_at__lt=timezone.now() - timedelta(days=1)).delete()


def _try(invitation: Invitation) -> None:
    invitation.due_at = timezone.now() + FIRST_PAUSE * 2**invitation.attempts
    invitation.attempts += 1
    try:
        letters.invitation_letter(invitation).send()
    except Exception as error:  # whatever a mail server does, the next mail is not held up
        logger.warning("invitation %s failed: %s", invitation.pk, type(error).__name__)
    else:
        invitation.sent_at, invitation.due_at = timezone.now(), None
