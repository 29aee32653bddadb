"""`lifecycle` alone writes the state of a melding; the database's trigger is the other half of this rule."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = sorted(
    path
    for app in ("meldingen", "analytics", "opendata")
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts and path != ROOT / "meldingen" / "record" / "lifecycle.py"
)
WRITING_CALLS = {"update", "create", "bulk_create", "get_or_create", "update_or_create", "Melding", "defaults"}
NAMED = {"update_fields"}  # keywords that list the columns a call writes


def writes_of_state(source: str) -> list[int]:
    """Line numbers that assign an attribute `state`, hand it to a writing call, or set it by name."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == "state" and isinstance(node.ctx, ast.Store | ast.Del):
            lines.append(node.lineno)
        if isinstance(node, ast.Call) and _writes(node):
            lines.append(node.lineno)
    return lines


def _writes(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    if name == "setattr":
        return len(call.args) > 1 and getattr(call.args[1], "value", "") == "state"
    if name == "bulk_update":
        return any(map(_lists_state, given))
    if any(keyword.arg in NAMED and _lists_state(keyword.value) for keyword in call.keywords):
        return True
    if name not in WRITING_CALLS:
        return False
    return any(keyword.arg == "state" for keyword in call.keywords) or any(map(_has_key_state, given))


def _lists_state(node: ast.expr) -> bool:
    """Whether a list, tuple or set names the state."""
    return isinstance(node, ast.List | ast.Tuple | ast.Set) and any(
        getattr(each, "value", "") == "state" for each in node.elts
    )


def _has_key_state(node: ast.expr) -> bool:
    """Whether a dictionary, or one inside what is given, has the key `state`."""
    return any(
        isinstance(part, ast.Dict) and any(getattr(key, "value", "") == "state" for key in part.keys)
        for part in ast.walk(node)
    )


def test_nobody_but_lifecycle_writes_the_state() -> None:
    lines = {str(path.relative_to(ROOT)): writes_of_state(path.read_text()) for path in SOURCES}
    assert lines
    assert {place: those for place, those in lines.items() if those} == {}


@pytest.mark.parametrize(
    "source",
    [
        "m.state = 'solved'",
        "q.update(state='x')",
        "Melding(state='x')",
        "setattr(m, 'state', 'x')",
        "m.state += 'x'",
        "q.update(**{'state': 'x'})",
        "q.update(**({'team': 1} | {'state': 'x'}))",
        "Melding(**{'text': '', 'state': 'x'})",
        "q.update_or_create(pk=1, defaults={'state': 'x'})",
        "q.bulk_update(rows, ['state'])",
        "q.bulk_update(rows, fields=('team', 'state'))",
        "m.save(update_fields=['state'])",
        "q.bulk_create(rows, update_conflicts=True, update_fields=['state'])",
    ],
)
def test_the_rule_sees_each_way_of_writing(source: str) -> None:
    assert writes_of_state(source) == [1]


@pytest.mark.parametrize(
    "source",
    [
        "q.filter(state='x')",
        "{'state': 1}",
        "q.update(team=1)",
        "m.save(update_fields=['team'])",
        "q.filter(**{'state': 1})",
    ],
)
def test_the_rule_lets_reading_be(source: str) -> None:
    assert writes_of_state(source) == []
