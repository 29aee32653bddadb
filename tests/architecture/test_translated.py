"""Texts that readers see are where every version of gettext finds them."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = sorted(path for app in ("meldingen", "analytics", "opendata") for path in (ROOT / app).rglob("*.py"))
TRANSLATING = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}


def translated_inside(source: str) -> list[str]:
    """Texts translated inside an f-string: the gettext of one Debian collects them, that of another does not."""
    formatted = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    calls = [node for each in formatted for node in ast.walk(each) if isinstance(node, ast.Call)]
    return [ast.unparse(call) for call in calls if isinstance(call.func, ast.Name) and call.func.id in TRANSLATING]


def test_nothing_is_translated_inside_an_f_string() -> None:
    calls = {str(path.relative_to(ROOT)): translated_inside(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert calls
    assert {place: those for place, those in calls.items() if those} == {}


def test_what_is_translated_inside_an_f_string_is_seen() -> None:
    assert translated_inside("f'{number} ({_(\"late\")})'") == ["_('late')"]
