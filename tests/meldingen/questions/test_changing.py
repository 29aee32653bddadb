"""Other words make a new version."""

from typing import Any

import pytest

from meldingen.languages import Texts
from meldingen.questions import changing
from tests.factories import Town
from tests.meldingen.questions.asked import colour_of


@pytest.mark.parametrize(
    ("values", "version"),
    [
        ({"question_texts": Texts(nl="Welke tint?")}, 2),
        ({"choice_texts": Texts(nl="Wit\nBlauw")}, 2),
        ({"kind": "several"}, 2),
        ({"hint_texts": Texts(nl="Kijk omhoog."), "is_required": True, "position": 3, "is_active": False}, 1),
    ],
)
def test_only_what_is_asked_makes_another_version(town: Town, values: dict[str, Any], version: int) -> None:
    question = colour_of(town)
    for name, value in values.items():
        setattr(question, name, value)
    changing.save(question)
    question.refresh_from_db()
    assert question.version == version
