"""Tests mirror modules, file by file: whoever changes a module knows where its tests are."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("meldingen", "analytics", "opendata")
FRAME = {"migrations", "models", "conf"}  # held by other tests: architecture, integrity, journeys
FRAME_FILES = {"models.py", "apps.py", "urls.py"}
DEFINES = re.compile(r"^(async )?(def|class) |^[A-Z_]+ ?[:=]", re.MULTILINE)
# Tested through their neighbours in the room only. A module that gets tests of its own leaves this list; none comes in.
THROUGH_OTHERS = {
    "analytics/management/commands/train_model.py",
    "meldingen/api/addresses.py",
    "meldingen/demo/ground.py",
    "meldingen/demo/names.py",
    "meldingen/demo/people.py",
    "meldingen/demo/reports.py",
    "meldingen/demo/spots.py",
    "meldingen/demo/waiting.py",
    "meldingen/demo/words.py",
    "meldingen/handling/desk/filters.py",
    "meldingen/intake/api/serializers.py",
    "meldingen/intake/importing/contacts.py",
    "meldingen/intake/importing/known.py",
    "meldingen/intake/importing/past.py",
    "meldingen/intake/importing/refusal.py",
    "meldingen/intake/importing/rows.py",
    "meldingen/management/commands/demo_town.py",
    "meldingen/management/commands/import_meldingen.py",
    "meldingen/management/commands/load_addresses.py",
    "meldingen/management/commands/load_areas.py",
    "meldingen/management/commands/load_asset_kinds.py",
    "meldingen/management/commands/load_assets.py",
    "meldingen/management/commands/load_categories.py",
    "meldingen/management/commands/load_map.py",
    "meldingen/management/commands/migrate.py",
    "meldingen/management/commands/replan.py",
    "meldingen/management/commands/use_model.py",
    "meldingen/notifications/files.py",
    "meldingen/notifications/labels.py",
    "meldingen/places/addresses/finding.py",
    "meldingen/places/admin.py",
    "meldingen/places/borders.py",
    "meldingen/routing/loading.py",
    "meldingen/routing/reasons.py",
    "meldingen/routing/trained.py",
    "meldingen/showroom/checks.py",
    "meldingen/showroom/parts.py",
    "meldingen/showroom/post.py",
    "meldingen/staffsite/filters.py",
    "meldingen/staffsite/wording.py",
    "meldingen/tenancy/context.py",
    "meldingen/tenancy/management/commands/add_colleague.py",
    "meldingen/tenancy/management/commands/load_municipality.py",
    "meldingen/tenancy/management/commands/load_theme.py",
    "meldingen/tenancy/requests.py",
    "meldingen/web/health.py",
    "meldingen/web/unavailable.py",
    "opendata/api/serializers.py",
    "opendata/code_lists.py",
    "opendata/datasets/declared.py",
    "opendata/datasets/keys.py",
    "opendata/datasets/reasons.py",
    "opendata/datasets/tables.py",
    "opendata/disclosure/errors.py",
    "opendata/figures/asking.py",
    "opendata/figures/reading.py",
    "opendata/formats/csvw.py",
    "opendata/formats/maps.py",
    "opendata/management/commands/fix_grid.py",
    "opendata/management/commands/publish.py",
    "opendata/management/commands/push_ckan.py",
    "opendata/management/commands/rebuild_register.py",
    "opendata/origin.py",
    "opendata/portal/catalogue.py",
    "opendata/portal/pages.py",
    "opendata/queries.py",
    "opendata/refusals.py",
}


def modules() -> list[str]:
    """Every module that defines something, below the root."""
    paths = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    return sorted(str(path.relative_to(ROOT)) for path in paths if _is_one(path.relative_to(ROOT)))


def _is_one(path: Path) -> bool:
    if FRAME & set(path.parts) or path.name in FRAME_FILES:
        return False
    what = re.compile(r"^(def|class) ", re.MULTILINE) if path.name == "__init__.py" else DEFINES
    return what.search((ROOT / path).read_text()) is not None


def mirrored(module: str) -> Path:
    path = Path(module)
    named, room = (path.parent.name, path.parent.parent) if path.name == "__init__.py" else (path.stem, path.parent)
    return ROOT / "tests" / room / f"test_{named}.py"


def test_a_module_has_its_tests_at_the_mirrored_place() -> None:
    assert modules()
    assert [module for module in modules() if module not in THROUGH_OTHERS and not mirrored(module).exists()] == []


def test_what_is_tested_through_others_is_there_and_has_no_tests_of_its_own() -> None:
    assert THROUGH_OTHERS - set(modules()) == set()
    assert [module for module in sorted(THROUGH_OTHERS) if mirrored(module).exists()] == []
