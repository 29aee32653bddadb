"""Mails to colleagues as tasks: each may run twice, or twice at once."""

from celery import shared_task

from meldingen.accounts import sending
from meldingen.queueing import Counted


@shared_task(base=Counted)
def send_invitation(invitation_id: int) -> None:
    """Send the link of an invitation, unless it was sent. A mail that fails is left for the sweep."""
    sending.send_invitation(invitation_id)


@shared_task(base=Counted)
def answer_reset(request_id: int) -> None:
    """Look whether who asks for a new password works there, and mail them. A mail that fails is left for the sweep."""
    sending.answer_reset(request_id)
