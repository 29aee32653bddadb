"""When periodic tasks last ran: what does not beat any more is noticed."""

from datetime import datetime

from django.utils import timezone

from meldingen.upkeep.models import Heartbeat

SWEEP = "sweep"


def note(name: str) -> None:
    """It runs now."""
    beat = Heartbeat(name=name, at=timezone.now())
    Heartbeat.objects.bulk_create([beat], update_conflicts=True, unique_fields=["name"], update_fields=["at"])


def last(name: str) -> datetime | None:
    """When it last ran; None while it never did."""
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
