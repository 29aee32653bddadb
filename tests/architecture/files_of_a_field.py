"""How many files of the product a field of a submission stands in: as many as a new one of its kind touches.

Counted are sources and templates of the rooms that take it in and keep it. Left out are migrations and translations,
which a command makes, tests, and what other rooms do with a stored melding.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2] / "meldingen"
ROOMS = ("intake", "record")


def files_of(field: str, house: Path = HOUSE) -> list[str]:
    """The files that name the field: as a variable, attribute, argument or key, or in a template behind a dot."""
    return [str(path.relative_to(house)) for path in sorted(_sources(house)) if _names(path, field)]


def _sources(house: Path) -> Iterator[Path]:
    for room in ROOMS:
        yield from (house / room).rglob("*.py")
        yield from (house / room).rglob("*.html")


def _names(path: Path, field: str) -> bool:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return re.search(rf"\.{field}\b", text) is not None
    return any(field in _named_by(node) for node in ast.walk(ast.parse(text)))


def _named_by(node: ast.AST) -> set[str | None]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=name):
            return {name}
        case ast.Constant(value=str(name)):
            return {name}
    return set()
