"""Mails as tasks: each may run twice, or twice at once."""

from celery import shared_task

from meldingen.notifications import relinking, sending, staff_mail
from meldingen.queueing import Counted


@shared_task(base=Counted)
def deliver(delivery_id: int) -> None:
    """Send one mail that an event asks for, unless it was sent. A mail that fails is left for the sweep."""
    sending.send(delivery_id)


@shared_task(base=Counted)
def tell_mailbox(recipient_id: int) -> None:
    """Tell a mailbox of ours what it has not heard of. A mail that fails or is held back is left for the sweep."""
    staff_mail.tell(recipient_id)


@shared_task(base=Counted)
def send_link(request_id: int) -> None:
    """Look whether who asked for a link may have it, and send it. A mail that fails is left for the sweep."""
    for delivery_id in relinking.answer(request_id):
        sending.send(delivery_id)
