"""The picture of the house in docs/architecture.md is the one that the contracts draw: a floor for each layer."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = {"meldingen": "the rooms of meldingen: nothing points up", "opendata": "opendata: doors, tasks"}


def floors(app: str) -> list[list[str]]:
    """The layers of an app from the top to the ground, each with its rooms."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = (one["layers"] for one in contracts if one["name"].startswith(NAMES[app]))
    return [re.findall(r"\w+", layer) for layer in layers]


def drawn() -> Iterator[str]:
    yield "flowchart TB"
    yield '  opendata_rooms --> analytics["analytics: counts and learns"] --> meldingen_rooms'
    for app in NAMES:
        yield f'  subgraph {app}_rooms["{app}"]'
        names = [f"{app}{place}" for place in range(len(floors(app)))]
        for name, rooms in zip(names, floors(app), strict=True):
            yield f'    {name}["{" · ".join(rooms)}"]'
        yield f"    {' --> '.join(names)}"
        yield "  end"


def test_the_picture_is_what_the_contracts_say() -> None:
    picture = "```mermaid\n" + "\n".join(drawn()) + "\n```"
    assert picture in (ROOT / "docs" / "architecture.md").read_text(), f"docs/architecture.md needs:\n{picture}"


def test_there_is_a_floor_for_each_layer() -> None:
    assert floors("meldingen")[0] == ["conf"]
    assert len(floors("meldingen")) > 15
