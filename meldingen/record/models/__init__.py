"""The melding as it stands, what happened to it, and what people wrote about it."""

from meldingen.record.models.answer import Answer, Note
from meldingen.record.models.event import Event
from meldingen.record.models.hold import Hold
from meldingen.record.models.melding import DUE, NOT_URGENT, OPEN, SEARCH, URGENT_AND_OPEN, Melding, Reporter
from meldingen.record.models.reaction import Addition, Satisfaction

__all__ = [
    "DUE",
    "NOT_URGENT",
    "OPEN",
    "SEARCH",
    "URGENT_AND_OPEN",
    "Addition",
    "Answer",
    "Event",
    "Hold",
    "Melding",
    "Note",
    "Reporter",
    "Satisfaction",
]
