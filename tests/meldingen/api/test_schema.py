"""What the interface that takes in says of itself is what it does."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.described import CAN_LINT, errors_by_the_rules, play
from tests.factories import Town

ROOT = "/api/v1/"


@pytest.fixture
def description(resident: Client) -> dict[str, Any]:
    content: dict[str, Any] = resident.get(f"{ROOT}openapi.json", headers={"accept-language": "en"}).json()
    return content


def test_it_is_openapi_3_1_in_dutch_whoever_asks(town: Town, description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    assert description["info"]["contact"]["email"] == town.municipality.contact_email
    assert description["servers"] == [{"url": f"http://{town.host}/api/v1"}]
    answers = [answer for path in description["paths"].values() for one in path.values() for answer in one["responses"]]
    assert {"400", "404", "429", "500", "503"} <= set(answers)
    assert "Niet gevonden" in json.dumps(description, ensure_ascii=False)


@pytest.mark.skipif(not CAN_LINT, reason="spectral or the rules of the Dutch government are not here")
def test_the_rules_find_no_error_and_would_find_one(description: dict[str, Any], tmp_path: Path) -> None:
    written = tmp_path / "openapi.json"
    written.write_text(json.dumps(description), encoding="utf-8")
    assert errors_by_the_rules(written) == ""
    del description["info"]["contact"]
    written.write_text(json.dumps(description), encoding="utf-8")
    assert "contact" in errors_by_the_rules(written)


def test_what_it_answers_is_what_it_describes(town: Town) -> None:
    assert play(ROOT, town.host, 100) >= 50


@pytest.mark.slow
def test_thousands_of_requests_break_nothing(town: Town) -> None:
    assert play(ROOT, town.host, 5000) >= 3000
