"""The examples of docs/api.md that can run here do, as they stand, on a server that answers."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from opendata import releases
from tests.opendata.conftest import MAY, publishing_town
from tests.opendata.test_histories import Files

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text("utf-8")


def example(language: str, word: str) -> str:
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return next(block for block in blocks if word in block)


@pytest.mark.usefixtures("transactional_db", "empty_storage")
@pytest.mark.parametrize(
    ("language", "word", "command"), [("python", "urlopen", [sys.executable, "-c"]), ("text", "curl", ["sh", "-c"])]
)
def test_an_example_prints_the_figures(live_server: Any, language: str, word: str, command: list[str]) -> None:
    if word == "curl" and not shutil.which("curl"):
        pytest.skip("curl is not installed here")
    made = publishing_town(host="localhost")
    releases.publish(made.municipality, MAY)
    code = example(language, word).replace("https://gemeente.example", live_server.url)
    done = subprocess.run([*command, code], capture_output=True, text=True, check=False, timeout=60)
    assert made.waste.name_texts.in_("nl") in done.stdout, done.stderr


@pytest.mark.usefixtures("transactional_db", "empty_storage")
def test_the_example_of_duckdb_gives_the_figures(live_server: Any) -> None:
    made = publishing_town(host="localhost")
    releases.publish(made.municipality, MAY)
    code = example("sql", "DuckDB").replace("https://gemeente.example", live_server.url)
    with duckdb.connect() as base:
        base.register_filesystem(Files())  # its own needs a download
        rows = base.execute(code).fetchall()
    assert made.waste.name_texts.in_("nl") in {row[0] for row in rows}
