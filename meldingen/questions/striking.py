"""Words are struck out of what somebody answered, for good."""

import re

from meldingen.questions.models import Reply
from meldingen.questions.wording import Kind
from meldingen.record.models import Melding

# What a person wrote; the rest are words of the town.
_OWN_WORDS = (Kind.TEXT, Kind.NUMBER, Kind.DATE)


def with_words(melding: Melding, pattern: re.Pattern[str]) -> list[Reply]:
    """The answers in which they stand, in words of a person."""
    own = Reply.objects.of(melding.municipality_id).filter(melding=melding, kind__in=_OWN_WORDS)
    return [reply for reply in own if pattern.search(reply.value)]


def strike(melding: Melding, pattern: re.Pattern[str], mark: str) -> bool:
    """Put `mark` in their place, in the transaction of who calls; whether they stood anywhere."""
    replies = with_words(melding, pattern)
    for reply in replies:
        # What is left of a number or a day is a text.
        reply.kind, reply.value = Kind.TEXT.value, pattern.sub(mark, reply.value)
        reply.save(update_fields=["kind", "value"])
    return bool(replies)
