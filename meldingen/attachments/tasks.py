"""Preparing as a task: it may run twice, or twice at once."""

from celery import shared_task

from meldingen.attachments import preparing
from meldingen.queueing import Counted


@shared_task(base=Counted)
def prepare_photo(photo_id: int) -> None:
    """Make the pictures of one photo. What is left undone the sweep finds."""
    preparing.prepare(photo_id)
