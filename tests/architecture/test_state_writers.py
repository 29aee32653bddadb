"""`lifecycle` alone writes the state of a melding; the database's trigger is the other half of this rule."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = sorted(
    path
    for app in ("meldingen", "analytics", "opendata")
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts and path != ROOT / "meldingen" / "lifecycle.py"
)
WRITING_CALLS = {"update", "create", "bulk_create", "get_or_create", "update_or_create", "Melding", "defaults"}


def writes_of_state(source: str) -> list[int]:
    """Line numbers that assign an attribute `state`, pass `state=` to a writing call, or set it by name."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == "state" and isinstance(node.ctx, ast.Store | ast.Del):
            lines.append(node.lineno)
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in WRITING_CALLS and any(keyword.arg == "state" for keyword in node.keywords):
                lines.append(node.lineno)
            if name == "setattr" and len(node.args) > 1 and getattr(node.args[1], "value", "") == "state":
                lines.append(node.lineno)
    return lines


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nobody_but_lifecycle_writes_the_state(path):
    assert writes_of_state(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    ["m.state = 'solved'", "q.update(state='x')", "Melding(state='x')", "setattr(m, 'state', 'x')", "m.state += 'x'"],
)
def test_the_rule_sees_each_way_of_writing(source):
    assert writes_of_state(source) == [1]
