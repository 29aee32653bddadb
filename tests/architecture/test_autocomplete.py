"""What a browser may fill in: who somebody is, where that is asked; never where they live, for a place is elsewhere."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("meldingen", "analytics", "opendata")
WRITTEN = re.compile(r"""autocomplete=["']([^"']*)["']""")
# WCAG 1.3.5 asks for these where the field is about the visitor.
VISITOR = {"name", "given-name", "family-name", "email", "tel", "username", "new-password", "current-password"}
ALLOWED = VISITOR | {"off", "one-time-code"}


def in_template(source: str) -> list[str]:
    """The values of the attribute in a template."""
    return WRITTEN.findall(source)


def in_module(source: str) -> list[str]:
    """Those in the attributes of a widget."""
    return [
        str(ast.literal_eval(value))
        for each in ast.walk(ast.parse(source))
        if isinstance(each, ast.Dict)
        for key, value in zip(each.keys, each.values, strict=True)
        if isinstance(key, ast.Constant) and key.value == "autocomplete" and isinstance(value, ast.Constant)
    ]


def written() -> Iterator[tuple[str, str]]:
    for ending, read in (("html", in_template), ("py", in_module)):
        for path in sorted(path for app in APPS for path in (ROOT / app).rglob(f"*.{ending}")):
            for value in read(path.read_text(encoding="utf-8")):
                yield str(path.relative_to(ROOT)), value


def test_no_field_of_a_place_is_filled_with_where_the_visitor_lives() -> None:
    values = list(written())
    assert len(values) > 10
    assert [each for each in values if each[1] not in ALLOWED] == []


def test_a_home_address_is_seen_in_a_template_and_in_a_widget() -> None:
    assert in_template('<input name="q" autocomplete="street-address">') == ["street-address"]
    assert in_module('attrs = {"autocomplete": "postal-code"}') == ["postal-code"]
