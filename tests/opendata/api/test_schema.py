"""What the interface of the figures says of itself is what it does."""

from pathlib import Path

import pytest
from django.test import Client

from tests.described import CAN_LINT, errors_by_the_rules, play
from tests.factories import Town

ROOT = "/data/api/v1/"


@pytest.mark.skipif(not CAN_LINT, reason="spectral or the rules of the Dutch government are not here")
def test_the_rules_find_no_error(program: Client, tmp_path: Path) -> None:
    written = tmp_path / "openapi.json"
    written.write_bytes(program.get(f"{ROOT}openapi.json").content)
    assert errors_by_the_rules(written) == ""


@pytest.mark.usefixtures("program")
def test_what_it_answers_is_what_it_describes(open_town: Town) -> None:
    assert play(ROOT, open_town.host, 100) >= 50


@pytest.mark.slow
@pytest.mark.usefixtures("program")
def test_thousands_of_requests_break_nothing(open_town: Town) -> None:
    assert play(ROOT, open_town.host, 5000) >= 3000
