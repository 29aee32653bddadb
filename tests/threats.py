"""A colleague calls a melding a threat, and says until when its sender is kept."""

from datetime import timedelta

from django.utils import timezone

from meldingen.handling import triage
from meldingen.handling.holding import Keep


def keep(days: int = 30) -> Keep:
    """For so many days from today."""
    return Keep(timezone.localdate() + timedelta(days=days), "Aangifte bij de politie")


def threaten(case: triage.Case) -> None:
    """As the use case does it."""
    triage.call_threat(case, keep())
