"""The import contracts name every module that they are about."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_FOR_OPENDATA = (
    "opendata imports nothing of meldingen but its tenancy, what is refused and the frame of interfaces; "
    "its admin also the staff site"
)


def modules_of_meldingen() -> Iterator[str]:
    for path in (ROOT / "meldingen").iterdir():
        if (path.is_dir() and (path / "__init__.py").exists()) or path.suffix == ".py":
            yield path.stem


def test_opendata_is_forbidden_every_module_of_meldingen_but_tenancy() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (forbidden,) = (c["forbidden_modules"] for c in contracts if c["name"] == NOT_FOR_OPENDATA)
    expected = {f"meldingen.{name}" for name in modules_of_meldingen()} - {
        "meldingen.__init__", "meldingen.api", "meldingen.tenancy", "meldingen.migrations", "meldingen.apps",
        "meldingen.refusals",
    }  # fmt: skip
    assert expected - set(forbidden) == set()
