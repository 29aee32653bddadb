"""Questions of the category "container vol", for tests of every door."""

from typing import Any

from meldingen.languages import Texts
from meldingen.questions.models import Question
from tests.factories import Town

COLOURS = Texts(nl="Wit\nRood licht", en="White\nRed light")


def question_of(town: Town, slug: str = "nummer", **values: Any) -> Question:
    """One in use; a text unless `values` say otherwise."""
    own = {
        "municipality": town.municipality,
        "category": town.container,
        "slug": slug,
        "question_texts": Texts(nl=f"Wat is {slug}?", en=f"What is {slug}?"),
    }
    return Question.objects.create(**(own | values))


def colour_of(town: Town, **values: Any) -> Question:
    """One of two, in two languages."""
    return question_of(town, "kleur", **({"kind": "one", "choice_texts": COLOURS} | values))
