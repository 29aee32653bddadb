"""Making the file as a task: it may run twice, or twice at once."""

from celery import shared_task

from meldingen.exports import writing
from meldingen.queueing import Counted


@shared_task(base=Counted)
def write_export(export_id: int) -> None:
    """Make the file of an export, unless it is there, failed, or another worker makes it now."""
    writing.write(export_id)
