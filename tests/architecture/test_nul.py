"""A NUL is refused in two places: where requests come in, and where files are read. Nobody else looks for one."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("meldingen", "analytics", "opendata")
# The pure room is how both of them look into JSON.
PLACES = {"meldingen/web/nul.py", "meldingen/files", "meldingen/strictjson.py"}
ASK = {"replace", "find", "index", "count", "split", "partition", "rpartition", "strip", "translate"}


def looks(source: str) -> Iterator[int]:
    """Lines that ask whether a NUL stands in a text, or take one out."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare) and any(_is_nul(each) for each in (node.left, *node.comparators)):
            yield node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from [node.lineno] if node.func.attr in ASK and any(map(_is_nul, node.args)) else []
        elif isinstance(node, ast.Name | ast.alias):
            yield from [node.lineno] if getattr(node, "id", getattr(node, "name", "")) in {"NUL", "find_nul"} else []


def _is_nul(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in ("\0", b"\0", r"\u0000", "\\u0000", "\\0")


def test_no_third_place_looks_for_a_nul() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if not any(str(path.relative_to(ROOT)).startswith(place) for place in PLACES)
        for line in looks(path.read_text())
    ]
    assert found == []


def test_one_is_seen() -> None:
    assert list(looks('x = 1\nif "\\0" in text: pass')) == [2]
    assert list(looks('text.replace("\\x00", " ")')) == [1]
    assert list(looks("from meldingen.strictjson import NUL")) == [1]
    assert list(looks('"\\0".join(parts)')) == []
