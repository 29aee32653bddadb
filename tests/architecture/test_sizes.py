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


def too_long(path: Path) -> list[str]:
    most = 25 if path.name.startswith("test_") else 40
    place, lines = path.relative_to(ROOT), len(path.read_text().splitlines())
    of_file = [f"{place}: {lines} lines"] if lines > 400 else []
    long = [f for f in functions(path) if (f.end_lineno or 0) - f.lineno + 1 > most]
    return of_file + [f"{place}:{f.lineno} {f.name}" for f in long]


@pytest.mark.parametrize("folder", FOLDERS)
def test_files_and_functions_stay_small(folder: str) -> None:
    sources = [path for path in SOURCES if path.is_relative_to(ROOT / folder)]
    assert sources
    assert [breach for path in sources for breach in too_long(path)] == []


def test_modules_are_named_after_their_subject() -> None:
    assert [p for p in SOURCES if p.stem in NAMES_OF_NOTHING] == []
