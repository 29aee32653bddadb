"""Acts on many as a task: it may run twice, or twice at once, and goes on where another was lost."""

from celery import shared_task

from meldingen.handling import carrying
from meldingen.queueing import Counted


@shared_task(base=Counted)
def carry_out(act_id: int) -> None:
    """Do an act on many, or undo it, until nothing is left of it."""
    while carrying.carry(act_id):
        pass
