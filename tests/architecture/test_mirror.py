"""Tests mirror modules: whoever changes a module knows where its tests are."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("meldingen", "analytics", "opendata")
FRAME = {"apps", "urls", "conf", "migrations", "models"}  # held by other tests: architecture, integrity, journeys
# A module whose behaviour shows only through another one is tested there.
TESTED_WITH = {
    "meldingen/fields": "meldingen/intake/test_fields",
    "opendata/code_lists": "opendata/test_dcat",
    "opendata/queries": "opendata/test_portal",
    "opendata/refusals": "opendata/test_ledger",
    "opendata/origin": "opendata/test_ledger",
    "opendata/datasets": "opendata/test_formats",
    "opendata/management": "opendata/test_releases",
    "analytics/management": "analytics/learning/test_train_model",
    "analytics/tasks": "analytics/test_facts",
}


def modules() -> list[str]:
    """The modules and packages directly under an app, and their packages' modules as one room each."""
    found = set()
    for app in APPS:
        for path in (ROOT / app).glob("*"):
            if path.stem not in FRAME and ((path / "__init__.py").exists() or path.suffix == ".py"):
                found.add(f"{app}/{path.stem}")
    return sorted(found - {f"{app}/__init__" for app in APPS})


@pytest.mark.parametrize("module", modules())
def test_a_module_has_its_tests_at_the_mirrored_place(module):
    app, name = module.split("/")
    mirrored = ROOT / "tests" / app / f"test_{name}.py"
    elsewhere = ROOT / "tests" / f"{TESTED_WITH.get(module, 'nowhere')}.py"
    assert mirrored.exists() or elsewhere.exists() or any((ROOT / "tests" / app / name).rglob("test_*.py"))


def test_no_exception_outlives_its_module():
    assert set(TESTED_WITH) - set(modules()) == set()
