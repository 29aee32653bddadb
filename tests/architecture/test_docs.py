"""Docs fail the build when something public is missing from them."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from opendata.datasets.columns import columns_of
from opendata.datasets.declared import DECLARED, slug_of
from opendata.disclosure import MONTHLY, YEARLY

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
APPS = ("meldingen", "analytics", "opendata")


def text(name: str) -> str:
    return (DOCS / name).read_text()


def environment_variables() -> set[str]:
    tree = ast.parse((ROOT / "meldingen" / "conf" / "settings.py").read_text())
    return {
        ast.literal_eval(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "id", "") == "env"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def rooms() -> set[str]:
    """Every module or package directly under one of the three apps."""
    found = set()
    for app in APPS:
        for path in (ROOT / app).iterdir():
            if (path / "__init__.py").exists() or (path.suffix == ".py" and path.stem != "__init__"):
                found.add(f"{app}/{path.stem}")
    return found - {f"{app}/{name}" for app in APPS for name in ("migrations", "apps")}


def test_every_setting_is_documented() -> None:
    assert {name for name in environment_variables() if f"`{name}`" not in text("settings.md")} == set()


def test_every_documented_setting_exists() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)`", text("settings.md"), re.MULTILINE))
    assert documented - environment_variables() == set()


def test_every_command_is_documented() -> None:
    ours = {name for name, app in get_commands().items() if app in (*APPS, "meldingen.tenancy")}
    assert {name for name in ours if f"`{name}" not in text("commands.md")} == set()


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))], ids=lambda p: p.name)
def test_every_command_that_is_named_exists_with_these_options(page: Path) -> None:
    ours = {name: app for name, app in get_commands().items() if app in (*APPS, "meldingen.tenancy")}
    wrong = []
    for name, options in re.findall(r"(?:`|ARGS=[\"']|manage\.py )([a-z]+_?[a-z_]+)((?: [^`\n]*)?)", page.read_text()):
        asked = set(re.findall(r"--[a-z-]+", options))
        if name in ours and asked:
            parser = load_command_class(ours[name], name).create_parser("manage.py", name)
            wrong += [f"{name} {option}" for option in sorted(asked) if option not in parser._option_string_actions]
        elif asked and "_" in name and not name.startswith("pg_"):
            wrong.append(name)
    assert wrong == []


def test_every_make_target_is_documented() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert targets
    assert {name for name in targets if f"`make {name}" not in text("development.md")} == set()


def test_every_room_of_the_house_is_on_the_map() -> None:
    assert {room for room in rooms() if f"`{room}" not in text("architecture.md")} == set()


def test_every_page_is_reached_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    assert {page.name for page in DOCS.glob("*.md") if f"docs/{page.name}" not in readme} == set()


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 120


@pytest.mark.parametrize("page", [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))], ids=lambda p: p.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_dataset_is_documented() -> None:
    assert [slug_of(table) for table in DECLARED if f"`{slug_of(table)}`" not in text("datasets.md")] == []


def test_every_published_column_is_documented() -> None:
    names = {column.name for table in (*MONTHLY, *YEARLY) for column in columns_of(table)}
    assert {name for name in names if f"`{name}`" not in text("datasets.md")} == set()
