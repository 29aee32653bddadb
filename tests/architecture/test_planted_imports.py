"""The import contracts can fail: an import that they forbid, planted in a copy of the code, is caught."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("meldingen", "analytics", "opendata")
LINT = Path(sys.executable).with_name("lint-imports")
FORBIDDEN = [
    ("opendata/releases.py", "from analytics.models import Fact"),
    ("opendata/releases.py", "from analytics.grid import Melding"),
    ("opendata/outlook.py", "Stolen = grid.Melding"),
    ("opendata/ledger.py", "from analytics import facts"),
    ("opendata/portal/pages.py", "from meldingen.record.models import Melding"),
    ("opendata/portal/pages.py", "from meldingen.staffsite.site import site"),
    ("opendata/disclosure/sampler.py", "import django"),
    ("opendata/formats/csv.py", "from opendata import origin"),
    ("analytics/grid.py", "from opendata import releases"),
    ("meldingen/record/models/melding.py", "from analytics import grid"),
    ("meldingen/record/models/melding.py", "from meldingen.record import lifecycle"),
    ("meldingen/record/lifecycle.py", "from meldingen.notifications import tasks"),
    ("meldingen/record/workflow.py", "from django.db import models"),
    ("meldingen/web/home.py", "from meldingen.record import lifecycle"),
    ("meldingen/web/home.py", "from meldingen.routing import routes"),
    ("meldingen/intake/api/views.py", "from meldingen.routing import tasks"),
    ("meldingen/intake/receiving.py", "from meldingen.handling import triage"),
    ("meldingen/intake/receiving.py", "from meldingen.intake import views"),
    ("meldingen/intake/steps/what.py", "from meldingen.intake.draft import Draft"),
    ("meldingen/intake/steps/what.py", "from meldingen.record import lifecycle"),
    ("meldingen/intake/pages.py", "from meldingen.intake import views"),
    ("meldingen/handling/triage.py", "from meldingen.intake import receiving"),
    ("meldingen/handling/desk/paging.py", "from meldingen.record.lifecycle import move"),
    ("meldingen/routing/routes.py", "from meldingen.handling import triage"),
    ("meldingen/routing/routes.py", "from meldingen.routing import tasks"),
    ("meldingen/places/geo.py", "from meldingen.record.models import Melding"),
    ("meldingen/api/problems.py", "from meldingen.record.models import Melding"),
    ("meldingen/api/problems.py", "from meldingen.staffsite.site import site"),
    ("meldingen/tenancy/requests.py", "from meldingen.record.models import Melding"),
    ("meldingen/staffsite/site.py", "from meldingen.places import geo"),
    ("meldingen/classification/training.py", "from meldingen.categories.models import Category"),
    ("meldingen/handling/triage.py", "from meldingen.models import Melding"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code of the three apps and the contracts, without anything else."""
    folder = tmp_path_factory.mktemp("house")
    for app in APPS:
        shutil.copytree(ROOT / app, folder / app, ignore=lambda _folder, names: [n for n in names if "locale" in n])
    shutil.copy(ROOT / "pyproject.toml", folder)
    # the contract of ours that lint-imports reads
    (folder / "tests" / "architecture").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "architecture" / "face.py", folder / "tests" / "architecture")
    return folder


@pytest.fixture
def house(copy: Path) -> Iterator[Path]:
    """The same, as it was, for each test."""
    before = {path: (copy / path).read_text(encoding="utf-8") for path, _planted in FORBIDDEN}
    yield copy
    for path, text in before.items():
        (copy / path).write_text(text, encoding="utf-8")


def exit_code(folder: Path) -> int:
    return subprocess.run([LINT], cwd=folder, capture_output=True, check=False).returncode


def test_the_house_as_it_stands_keeps_its_contracts(house: Path) -> None:
    assert exit_code(house) == 0


@pytest.mark.slow
@pytest.mark.parametrize(("path", "planted"), FORBIDDEN)
def test_a_forbidden_import_is_caught(house: Path, path: str, planted: str) -> None:
    text = (house / path).read_text(encoding="utf-8")
    (house / path).write_text(f"{text}\n{planted}\n", encoding="utf-8")
    assert exit_code(house) == 1
