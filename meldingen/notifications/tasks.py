"""Mails as tasks: each may run twice, or twice at once."""

from celery import shared_task

from meldingen.notifications import duty, sending
from meldingen.queueing import Counted


@shared_task(base=Counted)
def deliver(delivery_id: int) -> None:
    """Send one mail that an event asks for, unless it was sent. A mail that fails is left for the sweep."""
    sending.send(delivery_id)


@shared_task(base=Counted)
def tell_duty(municipality_id: int) -> None:
    """Tell the duty mailbox what it has not heard of. A mail that fails or is held back is left for the sweep."""
    duty.tell(municipality_id)
