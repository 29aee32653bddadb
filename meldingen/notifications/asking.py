"""Somebody asks for the link of a melding, with its reference and the address that was left with it.

Asking stores the same row, and takes the same time, whether the two belong together or not; a task looks (`relinking`).
"""

from django.db import transaction

from meldingen import queueing
from meldingen.notifications import recipients, tasks
from meldingen.notifications.models import LinkRequest
from meldingen.tenancy.models import Municipality


def ask(municipality: Municipality, reference: str, address: str) -> None:
    """Take down that somebody asks for the link of this reference, at this clean address."""
    key = recipients.address_key(address)
    with transaction.atomic():
        request = LinkRequest.objects.create(municipality=municipality, reference=reference, address_key=key)
        queueing.after_commit(tasks.send_link, request.pk)
