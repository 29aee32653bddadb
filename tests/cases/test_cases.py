"""Each case of the world ends as its outcome says."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from tests.cases.outcome import HERE, Case, cases
from tests.cases.steps import VERBS, World, play


def name_of(case: Case) -> str:
    return case.folder.name


@pytest.fixture
def world(
    db: None, settings: Settings, tmp_path: Path, own_releases: None, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """An empty deployment, in a folder where commands may write."""
    settings.LANGUAGE_CODE = "nl"
    monkeypatch.chdir(tmp_path)
    return lambda case: World(case, tmp_path)


@pytest.mark.parametrize("case", list(cases()), ids=name_of)
def test_a_case_of_the_world_ends_right(world: Callable[..., Any], case: Case) -> None:
    if case.outcome is None:
        pytest.skip(f"{case.folder.name} has no outcome yet: write tests/cases/outcomes/{case.folder.name}.json")
    playing = world(case)
    for number, step in enumerate(case.steps(), start=1):
        try:
            play(playing, step)
        except AssertionError as error:
            raise AssertionError(f"{case.folder.name}, step {number} {json.dumps(step)[:200]}: {error}") from error


def outcome(tmp_path: Path, *steps: Any) -> Case:
    path = tmp_path / "outcome.json"
    path.write_text(json.dumps({"base": False, "steps": steps}))
    return Case(tmp_path, tmp_path, path)


TOWN = {
    "code": "GM9130", "name": "Stad", "hosts": ["stad.localhost"], "publisher": "Stad", "contact_email": "a@b.example",
}  # fmt: skip
LOADED = [{"write": "town.json", "json": TOWN}, {"command": ["load_municipality", "{scratch}/town.json"]}]


@pytest.mark.parametrize(
    "wrong",
    [
        {"command": ["load_municipality", "{scratch}/town.json"], "says": ["nergens"]},
        {"command": ["load_municipality", "{scratch}/town.json"], "fails": True},
        {"command": ["load_municipality", "{scratch}/weg.json"]},
        {"get": "/gezond", "status": 404},
        {"get": "/api/v1/buurten", "contains": ["nergens"]},
        {"get": "/api/v1/buurten", "lacks": ["buurten"]},
        {"stored": "tenancy.Municipality", "count": 2},
        {"stored": "tenancy.Municipality", "rows": [{"code": "GM9131"}]},
        {"stored": "tenancy.Municipality", "counts": 2},
        {"search": "lamp", "finds": ["Lamp"]},
        {"mails": 1},
        {"cell": "=1", "becomes": "=1"},
        {"beat": "forget-reporters", "zone": "Europe/Amsterdam", "days": ["2026-10-25"], "due": 2},
        {"fly": "away"},
        {"get": "/{each}", "each": ["gezond", "weg"]},
    ],
    ids=lambda step: next(iter(step)),
)
def test_what_is_not_as_the_outcome_says_fails(
    world: Callable[..., Any], tmp_path: Path, wrong: dict[str, Any]
) -> None:
    case = outcome(tmp_path, *LOADED, wrong)
    playing = world(case)
    *right, last = case.steps()
    for step in right:
        play(playing, step)
    with pytest.raises(AssertionError):
        play(playing, last)


def test_a_folder_of_a_stranger_needs_no_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "cases" / "new").mkdir(parents=True)
    (tmp_path / "cases" / "new" / "outcome.json").write_text('{"steps": []}')
    monkeypatch.setitem(os.environ, "CASES_DIR", str(tmp_path / "cases"))
    assert [case.folder.name for case in cases() if case.outcome and case.outcome.name == "outcome.json"] == ["new"]


def test_every_verb_is_documented() -> None:
    page = (HERE.parents[1] / "docs" / "development.md").read_text(encoding="utf-8")
    assert [verb for verb in VERBS if f"`{verb}`" not in page] == []
