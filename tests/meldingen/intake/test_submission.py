"""What makes a submission this one and no other."""

import uuid
from dataclasses import fields, replace
from typing import Any

from meldingen.intake.submission import Submission
from meldingen.questions.asking import Entry
from tests.factories import Town


def test_every_field_makes_it_another_submission_but_language_and_the_answer_to_call_112(
    town: Town, said: Submission
) -> None:
    others: dict[str, Any] = {
        "text": "x", "longitude": 5.0, "latitude": 52.0, "place_text": "x", "buurt_code": "x", "category_slug": "x",
        "asset_number": "x", "precision": 4, "second_text": "x",
        "name": "x", "email": "x", "phone": "x", "source": "api", "entered_by": town.member(),
        "submission_key": uuid.uuid4(), "photos": ("x",), "answers": (Entry("x", 1, "x"),),
    }  # fmt: skip
    same: dict[str, Any] = {
        "language": "en",
        "danger_answer": "safe",
        "seal": "x",
        "back_at": "x",
        "form": uuid.uuid4(),
    }
    assert {each.name for each in fields(Submission)} == {*others, *same}
    content = said.content(town.municipality)
    assert all(replace(said, **{name: value}).content(town.municipality) != content for name, value in others.items())
    assert replace(said, **same).content(town.municipality) == content
