"""What a page tells of a view: its finding, and its figures as they stand on the page.

All of it follows from what is released, which never changes: who asks for it again gets it from memory.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from analytics.grid import MakeUp
from opendata.figures.finding import Finding, counted_in_words, finding
from opendata.figures.living import counting
from opendata.figures.reading import Shelf
from opendata.figures.seeing import Sight, see
from opendata.figures.spans import spans_of
from opendata.figures.view import Choices, Shape, View
from opendata.memory import Memory
from opendata.pictures.line import SMALL, WIDE
from opendata.portal import drawing, same_question
from opendata.portal.lines import lines_of
from opendata.registration import Registration

_MOST_IN_MEMORY = 300  # of some tens of kilobytes each


@dataclass(frozen=True)
class Told:
    """`figures`: pictures, tables and sums as HTML. `question`: the address at which the interface answers the same."""

    finding: Finding
    counted: str
    figures: SafeString
    question: str


_memory: Memory[Hashable, Told] = Memory(_MOST_IN_MEMORY)


def tell(
    shelf: Shelf, view: View, choices: Choices, registration: Registration, known: Mapping[str, MakeUp] | None = None
) -> Told:
    """CannotAnswer for what no released figure tells. `known`: who lives where, for who has it of every area."""
    counts = counting(choices.year.fixed, view.measure, known)  # who lives where may become known later
    asked = (view.dataset.slug, view.query(), get_language())
    key = (shelf.municipality.pk, shelf.state, registration, counts.living, *asked)
    return _memory.get_or_make(key, lambda: _told(see(shelf, view, choices, registration, counts), choices))


def _told(sight: Sight, choices: Choices) -> Told:
    found, counted = finding(sight, choices), counted_in_words(sight.view, choices)
    context = {"finding": found, "counted": counted, **_shown(sight)}
    figures = render_to_string("opendata/shown.html", context)
    return Told(found, counted, figures, same_question.address_of(sight, choices))


def _shown(sight: Sight) -> dict[str, Any]:
    """What the figures of a page are made of."""
    lines = lines_of(sight)
    return {
        "dataset": sight.view.dataset,
        "view": sight.view,
        "sight": sight,
        "fixed": sight.draws[-1].year.fixed,
        "spans": spans_of(sight),
        "rows": [one for one in lines if not one.row.is_rest],
        "rest": [one for one in lines if one.row.is_rest],
        **_pictures(sight),
    }


def _pictures(sight: Sight) -> dict[str, Any]:
    """Those that the shape of the view asks for."""
    if sight.view.shape is Shape.MAP:
        return {"map": drawing.map_of(sight.draws[-1].year.fixed.municipality, sight)}
    if sight.view.by is None and sight.view.shape is Shape.CHART:
        return {"wide": drawing.line_of(sight, WIDE), "small": drawing.line_of(sight, SMALL)}
    return {}
