"""Which standard texts go with a melding, with their blanks filled in from it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import formats, timezone, translation

from meldingen.handling.gaps import GAP
from meldingen.handling.models import BLANK, BLANKS, StandardText
from meldingen.record import references
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality

_STREET = re.compile(r"[^\W\d_][\w .'’-]{2,60} [0-9]{1,5} ?[a-zA-Z]?")


@dataclass(frozen=True)
class Ready:
    """A text as it would be sent, but for what the colleague changes in it."""

    pk: int
    name: str
    for_state: str
    text: str

    @property
    def has_gap(self) -> bool:
        """Whether the colleague has something to fill in."""
        return GAP in self.text

    @property
    def ending(self) -> str:
        """With which act it is offered, in words."""
        return str(StandardText.ForState(self.for_state).label)


def ready_for(where: Municipality, melding: Melding, language: str) -> list[Ready]:
    """Those in use for the category of the melding, in the language of its reporter; one query."""
    categories = {melding.category_id, melding.category.parent_id if melding.category else None} - {None}
    fitting = Q(category__isnull=True) | Q(category__in=categories)
    rows = StandardText.objects.of(where).filter(fitting, is_active=True)
    with translation.override(language):
        values = _values(where, melding)
    return [Ready(row.pk, row.name, row.for_state, fill(row.text_texts.in_(language), values)) for row in rows]


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its blanks filled in; what is none stays as it stands."""
    return BLANK.sub(lambda blank: values.get(blank[1], blank[0]), text)


def fill_for(where: Municipality, melding: Melding, text: str, language: str) -> str:
    """The text with its blanks filled in from the melding, in the language of its reporter."""
    if not BLANK.search(text):
        return text
    with translation.override(language):
        return fill(text, _values(where, melding))


def _place(melding: Melding) -> str:
    """Street and number, also as the reporter typed them where they are no address that we know; else the buurt."""
    typed = melding.place_text.partition(",")[0].strip()
    return melding.address.partition(",")[0] or (typed if _STREET.fullmatch(typed) else melding.buurt.name)


def _values(where: Municipality, melding: Melding) -> dict[str, str]:
    day = melding.promised_at or melding.deadline
    local = timezone.localtime(day, ZoneInfo(where.time_zone)) if day else None
    values = (
        references.spaced(melding.reference),
        melding.category.name if melding.category else GAP,
        _place(melding),
        melding.team.name if melding.team else GAP,
        formats.date_format(local, "l j F") if local else GAP,
    )
    return dict(zip(BLANKS, values, strict=True))
