"""One word per thing: identifiers use the glossary's words and none of those that it rejects."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = sorted(
    path
    for app in ("meldingen", "analytics", "opendata")
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
)


def rejected_words() -> set[str]:
    rows = re.findall(r"^\| .* \| .* \|(.*)\|$", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE)
    return {word.strip() for row in rows[1:] for word in row.split(",") if word.strip()}


def defined_names(source: str) -> set[str]:
    """Classes, functions, arguments and assigned names that this source introduces, in snake case."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower() for name in names}


def uses(source: str, rejected: set[str]) -> set[str]:
    return {f"{name}: {word}" for name in defined_names(source) for word in rejected if f"_{word}_" in f"_{name}_"}


def test_identifiers_use_the_words_of_the_glossary() -> None:
    rejected = rejected_words()
    breaches = {str(path.relative_to(ROOT)): uses(path.read_text(), rejected) for path in SOURCES}
    assert breaches
    assert {place: words for place, words in breaches.items() if words} == {}


def test_the_rule_sees_a_rejected_word() -> None:
    assert uses("class TicketQueue: pass", {"ticket"}) == {"ticket_queue: ticket"}


def test_the_glossary_rejects_something() -> None:
    assert {"ticket", "tenant", "neighbourhood"} <= rejected_words()
