"""Rows are asked for by `.of(municipality)`, which refuses None; nobody types `municipality=` in a lookup."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import Field

from meldingen.tenancy.models import Municipality, OwnedQuerySet

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("meldingen", "analytics", "opendata")
LOOKUPS = {"filter", "exclude", "get", "aget"}
# The queryset whose `of` it is.
OF = Path("meldingen/tenancy/models/owned.py")
# A row of which there is one for each municipality, locked by it.
ALONE = {"FactCursor"}


def by_hand(source: str) -> Iterator[int]:
    """Lines of a lookup that names the municipality itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOOKUPS:
            names = {keyword.arg for keyword in node.keywords}
            yield from [node.lineno] if names & {"municipality", "municipality_id"} else []


def rooms() -> Iterator[Path]:
    """Every module but that one, and the migrations."""
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            if path.relative_to(ROOT) != OF and "migrations" not in path.parts:
                yield path


def test_nobody_types_the_municipality_of_a_lookup() -> None:
    found = [f"{path.relative_to(ROOT)}:{line}" for path in rooms() for line in by_hand(path.read_text())]
    assert found == []


def test_a_lookup_by_hand_is_seen() -> None:
    assert list(by_hand("x = 1\nMelding.objects.filter(pk=1, municipality=here)")) == [2]


def test_every_model_of_a_municipality_has_it() -> None:
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in APPS]
    owned = [model for model in ours if any(_is_whose(field) for field in model._meta.get_fields())]
    without = {m.__name__ for m in owned if not isinstance(m._default_manager.all(), OwnedQuerySet)}
    assert without == ALONE


def _is_whose(field: object) -> bool:
    return isinstance(field, Field) and field.name == "municipality" and field.related_model is Municipality
