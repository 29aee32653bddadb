"""Small and plain: files of at most 400 lines, functions of at most 40, tests of at most 25."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("meldingen", "analytics", "opendata", "tests", "docker")
SOURCES = sorted(p for folder in FOLDERS for p in (ROOT / folder).rglob("*.py") if "migrations" not in p.parts)
NAMES_OF_NOTHING = {"utils", "helpers", "services", "common", "misc"}


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    most = 25 if path.name.startswith("test_") else 40
    assert len(path.read_text().splitlines()) <= 400
    long = [f"{f.name}:{f.lineno}" for f in functions(path) if (f.end_lineno or 0) - f.lineno + 1 > most]
    assert long == []


def test_modules_are_named_after_their_subject() -> None:
    assert [p for p in SOURCES if p.stem in NAMES_OF_NOTHING] == []
