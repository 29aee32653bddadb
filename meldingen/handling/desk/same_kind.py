"""What was reported of the same kind near a melding in the last year, as its page shows it: a sentence and a list."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldingen.categories.models import Category
from meldingen.handling.desk import confidential
from meldingen.nearby import recent
from meldingen.places import geo
from meldingen.record.models import Melding
from meldingen.tenancy.requests import municipality

SHOWN = 6


@dataclass(frozen=True)
class Line:
    """One of them; `letter` is on the map too."""

    letter: str
    melding: Melding
    metres: int


@dataclass(frozen=True)
class Recurrence:
    """How often, in words; and the newest that do not stand on the page already, of `more` others that do not."""

    sentence: str
    lines: Sequence[Line]
    more: int

    @property
    def dots(self) -> str:
        """Where they are, as JSON for the map: longitude, latitude and letter of each."""
        places = [(geo.to_door(each.melding.point), each.letter) for each in self.lines if each.melding.point]
        return json.dumps([[round(east, 6), round(north, 6), letter] for (east, north), letter in places])


def beside(
    request: HttpRequest, melding: Melding, guess: Category | None, shown: Collection[int] = ()
) -> Recurrence | None:
    """What stands beside a melding; None where there is nothing to say. `guess`: what the page says it may be about.

    `shown`: the ids of what stands on the page as likely the same: counted, not named once more.
    """
    visible = confidential.visible(request, Melding.objects.of(municipality(request)))
    found = recent.recent(melding, melding.category or guess, visible, timezone.now())
    if found is None or not found.meldingen:
        return None
    others = [each for each in found.meldingen if each.melding.pk not in shown]
    pairs = zip(ascii_uppercase, others[:SHOWN], strict=False)
    lines = [Line(letter, each.melding, each.metres) for letter, each in pairs]
    return Recurrence(_sentence(found), lines, max(0, len(others) - SHOWN))


def _sentence(found: recent.Recent) -> str:
    number = len(found.meldingen)
    names = {"n": number, "metres": found.metres, "open": found.open}
    if found.is_more:
        words = _("In a year more than %(n)d other meldingen of this kind within %(metres)d m. Of the newest, open:")
        return f"{words % names} {found.open}."
    if not found.open:
        return (
            ngettext(
                "In a year %(n)d other melding of this kind within %(metres)d m, and it is not open.",
                "In a year %(n)d other meldingen of this kind within %(metres)d m, none of them open.",
                number,
            )
            % names
        )
    return (
        ngettext(
            "In a year %(n)d other melding of this kind within %(metres)d m, and it is open.",
            "In a year %(n)d other meldingen of this kind within %(metres)d m, %(open)d of them open.",
            number,
        )
        % names
    )
