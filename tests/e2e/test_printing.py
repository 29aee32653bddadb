"""What a colleague takes along on paper, and what they have on one screen."""

import re
from typing import Any

import pytest

from meldingen.record.models import Event, Melding
from tests.e2e.colleagues import LIST
from tests.sure import sure

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
DESK = {"width": 1280, "height": 800}
SENTENCE = "De container zit al weken overvol en niemand haalt hem leeg. "


def pages_of(page: Any, melding: Melding) -> int:
    """How many pages of paper its sheet is."""
    page.goto(f"{LIST}{melding.pk}/afdrukken/")
    page.wait_for_load_state("networkidle")
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize(
    "text", [SENTENCE, SENTENCE * 100, "Vol.\n" * 1000, "x" * 5000], ids=["short", "long", "lines", "one word"]
)
def test_a_sheet_is_one_page_whatever_was_written(logged_in: Any, melding: Melding, text: str) -> None:
    own = {"municipality": melding.municipality, "melding": melding, "actor_kind": Event.ActorKind.SWEEP}
    for _number in range(30):
        Event.objects.create(**own, kind=Event.Kind.NOTED)
    where = {"place_text": ("naast de bank " * 15)[:200], "address": "Laan van de Verenigde Naties 123"}
    Melding.objects.filter(pk=melding.pk).update(text=text[:5000], **where)
    assert pages_of(logged_in("triage", viewport=DESK), melding) == 1


def test_words_map_and_acts_of_an_ordinary_melding_stand_on_one_screen(logged_in: Any, melding: Melding) -> None:
    page = logged_in("triage", viewport=DESK)
    page.goto(f"{LIST}{melding.pk}/change/")
    page.wait_for_load_state("networkidle")
    acts = page.get_by_text("Dreiging noemen")  # the last of them
    for part in (page.get_by_text("De lantaarnpaal staat scheef."), page.locator(".leaflet-container"), acts):
        box = sure(part.first.bounding_box())
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= DESK["height"]
