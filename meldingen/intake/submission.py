"""What a reporter said, clean in shape, from whichever door."""

import hashlib
import uuid
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from django.conf import settings

from meldingen.classification.dangers import Kind
from meldingen.classification.emergencies import find_danger
from meldingen.intake.fingerprint import Content
from meldingen.questions import asking
from meldingen.record.models import Event, Melding
from meldingen.tenancy.models import Municipality, User

MAX_TEXT = 5000
EMERGENCIES = (Kind.GAS, Kind.LIFE)
# What is kept of who made it, apart from the melding.
CONTACT = ("name", "email", "phone")


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What a reporter said, clean in shape. A place is needed, and the first of these counts: the number of an object
    that the category asks for, a pin (degrees, WGS84), a text that is one address, a buurt.

    `precision`: how many metres the pin may be off, as the telephone said or the scale of the map.
    `danger_answer`: what they said when they were told to call 112, one of Event.Answer; empty when they were not.
    `seal`: what the page says they were shown as suggestions; it is believed when the server wrote it.
    `second_text`: the words of a second thing at the same place, which becomes a melding of its own beside the first.
    `photos`: signed ids of photos that were added to the form with the mark `form`.
    `back_at`: the `spot` at which they say that what was solved there is back.
    `answers`: to what the category asks; None from a door that asks nothing, where none can be missing.
    """

    text: str
    second_text: str = ""
    longitude: float | None = None
    latitude: float | None = None
    precision: int | None = None
    place_text: str = ""
    asset_number: str = ""
    buurt_code: str = ""
    category_slug: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = settings.LANGUAGE_CODE
    source: str = Melding.Source.WEB
    danger_answer: str = ""
    seal: str = ""
    back_at: str = ""
    photos: tuple[str, ...] = ()
    answers: tuple[asking.Entry, ...] | None = None
    form: uuid.UUID | None = None
    entered_by: User | None = None
    submission_key: uuid.UUID | None = None

    @cached_property
    def danger(self) -> Kind | None:
        """What danger the words name."""
        return find_danger(self.text)

    @property
    def is_emergency(self) -> bool:
        """Whether people may be in danger now, as the words say and unless the reporter said that nobody is."""
        return self.danger in EMERGENCIES and self.danger_answer != Event.Answer.SAFE

    @property
    def spot(self) -> str:
        """By which the same kind at the same place is known, as it was said."""
        parts = (self.category_slug, self.asset_number, self.longitude, self.latitude, self.place_text, self.buurt_code)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    @property
    def is_back(self) -> bool:
        """Whether they say that what was solved is back; not where the place or the kind was changed since."""
        return self.back_at == self.spot

    def columns(self) -> dict[str, Any]:
        """What the melding keeps as it was said, by the name of its column."""
        return {name: getattr(self, name) for name in _COLUMNS}

    def content(self, municipality: Municipality) -> Content:
        """What makes it this submission and no other, by name. A field that is added counts, unless it may differ.

        Its own key is part of it: two rows never show that the same was said twice.
        """
        content = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in _MAY_DIFFER}
        content["municipality"] = municipality.pk
        content["entered_by"] = self.entered_by.pk if self.entered_by else None
        content["submission_key"] = str(self.submission_key)
        if not self.answers:  # who answers nothing sends the same as where nothing is asked
            content.pop("answers")
        return content


# Kept in the melding as it was said.
_COLUMNS = ("text", "place_text", "source", "entered_by", "submission_key")
# Who sends the same again may read the page in another language by then, and the page may be made anew.
_MAY_DIFFER = frozenset({"language", "danger_answer", "seal", "back_at", "form"})
