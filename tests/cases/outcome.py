"""Small inputs that went wrong somewhere, and beside each what is right: as data, so that a new case needs no code.

A case is a folder of input files. Its outcome is a list of steps (tests/cases/steps.py has their words): the
`outcome.json` in the folder itself, or `tests/cases/outcomes/<case>.json` for the cases that lie outside the project.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared" / "cases"
PLACEHOLDER = re.compile(r"\{((?:case|base|scratch|each|kept|melding)(?:\.[\w-]+)*)\}")


@dataclass(frozen=True)
class Case:
    """A folder of inputs, the folder of the town on which it stands, and its outcome; None: nobody wrote one yet."""

    folder: Path
    base: Path
    outcome: Path | None

    def steps(self) -> list[dict[str, Any]]:
        """The steps of the outcome; without `"base": false` those that load the town stand before them."""
        assert self.outcome is not None
        found: dict[str, Any] = json.loads(self.outcome.read_text(encoding="utf-8"))
        unknown = set(found) - {"what", "base", "steps"}
        assert not unknown, f"{self.outcome}: unknown: {', '.join(sorted(unknown))}"
        return [*(TOWN if found.get("base", True) else []), *found["steps"]]


TOWN: list[dict[str, Any]] = [
    {"command": ["load_municipality", "{base}/town.json"]},
    {"command": ["load_areas", "GM9101", "{base}"]},
    {
        "command": [
            "load_categories", "GM9101", "{base}/categories.csv", "--teams", "{base}/teams.csv",
            "--rules", "{base}/rules.csv",
        ]
    },
]  # fmt: skip


def cases() -> Iterator[Case]:
    """Those beside the project, then those in the folder that CASES_DIR names; both may be absent."""
    for place in (SHARED, Path(os.environ["CASES_DIR"]) if os.environ.get("CASES_DIR") else None):
        if place is None or not place.is_dir():
            continue
        for folder in sorted(path for path in place.iterdir() if path.is_dir() and not path.name.startswith("_")):
            known = (folder / "outcome.json", HERE / "outcomes" / f"{folder.name}.json")
            base = next((p for p in (place / "_base", SHARED / "_base") if p.is_dir()), place / "_base")
            yield Case(folder, base, next((path for path in known if path.is_file()), None))


def filled(value: Any, values: Mapping[str, Any]) -> Any:
    """`value` with what its placeholders stand for: `{each}` alone keeps its type, `{each.key}` looks inside."""
    if isinstance(value, dict):
        return {filled(key, values): filled(each, values) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, values) for each in value]
    if not isinstance(value, str):
        return value
    if whole := PLACEHOLDER.fullmatch(value):
        return _looked_up(whole[1], values)
    return PLACEHOLDER.sub(lambda match: str(_looked_up(match[1], values)), value)


def _looked_up(name: str, values: Mapping[str, Any]) -> Any:
    first, *inner = name.split(".")
    found = values[first]
    for key in inner:
        found = found[int(key)] if isinstance(found, list) else found[key]
    return found
