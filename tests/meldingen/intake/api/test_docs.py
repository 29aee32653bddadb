"""The example of docs/api.md works as it stands."""

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from meldingen.intake.api.serializers import MeldingSerializer
from meldingen.intake.submission import MAX_TEXT
from tests.factories import Town
from tests.sure import sure

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "api.md").read_text("utf-8")


@pytest.fixture
def example() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sure(re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)).group(1))
    return found


def test_the_example_is_taken_in_with_a_key_of_your_own(resident: Client, town: Town, example: dict[str, Any]) -> None:
    example["place"]["buurt"] = town.west.code
    assert resident.post("/api/v1/meldingen", example, content_type="application/json").status_code == 400
    example["submission_key"] = str(uuid.uuid4())
    assert resident.post("/api/v1/meldingen", example, content_type="application/json").status_code == 201


def test_every_field_and_the_limit_are_named(example: dict[str, Any]) -> None:
    more = {"category", "answers", "photos"}
    assert set(example) | more == set(MeldingSerializer().fields)
    assert all(f"`{name}`" in PAGE for name in more - {"category"})
    assert str(MAX_TEXT) in PAGE
