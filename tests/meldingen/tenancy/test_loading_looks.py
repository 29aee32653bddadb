import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from meldingen.demo import __file__ as demo
from meldingen.files.reading import BrokenFile
from meldingen.tenancy.loading import load_municipality
from meldingen.tenancy.models import Logo, Municipality
from tests.factories import Town

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'
TOWN = {
    "code": "GM0606",
    "name": "Schiedam",
    "hosts": ["s.example"],
    "publisher": "S",
    "contact_email": "a@example.org",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "logo.svg").write_text(SVG)
    (tmp_path / "kwaad.svg").write_text(SVG.replace("<path", "<script/><path"))
    return tmp_path


def file_with(folder: Path, content: Any) -> Path:
    path = folder / "huisstijl.json"
    path.write_text(json.dumps(content))
    return path


def test_a_command_loads_theme_and_logo(town: Town, folder: Path) -> None:
    path = file_with(folder, {"theme": {"action": "#7a0019"}, "logo": "logo.svg"})
    call_command("load_theme", town.municipality.code, str(path))
    town.municipality.refresh_from_db()
    assert (town.municipality.theme, Logo.objects.get().municipality) == ({"action": "#7a0019"}, town.municipality)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"theme": {"action": "#ffcc00"}}, r"theme: action .*1[.,]51"),
        ({"theme": {"actie": "#000"}}, "theme: actie"),
        ({"logo": "kwaad.svg", "theme": {}}, "logo: .*script"),
        ({"logo": "../logo.svg"}, "logo is"),
        ({"logo": "weg.svg"}, "weg.svg"),
        ({"logo": 1}, "logo is"),
        ({"kleur": "#000"}, "theme, logo"),
        ([], "theme, logo"),
    ],
)
def test_looks_that_cannot_be_change_nothing(town: Town, folder: Path, content: Any, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("load_theme", town.municipality.code, str(file_with(folder, content)))
    assert (Municipality.objects.get(pk=town.municipality.pk).theme, Logo.objects.exists()) == ({}, False)


def test_the_file_of_a_town_may_hold_its_looks(db: None, folder: Path) -> None:
    town = load_municipality(file_with(folder, TOWN | {"theme": {"band": "#b4532a"}, "logo": "logo.svg"}))
    assert (town.theme, town.logo[-4:]) == ({"band": "#b4532a"}, ".svg")
    again = load_municipality(file_with(folder, TOWN))
    assert (again.theme, again.logo) == (town.theme, town.logo)
    plain = load_municipality(file_with(folder, TOWN | {"theme": "standaard", "logo": ""}))
    assert (plain.theme, plain.logo) == ({}, "")


@pytest.mark.parametrize("looks", [{"theme": "lindewaard"}, {"theme": {"ink": "#eee"}}, {"logo": "kwaad.svg"}])
def test_a_town_with_looks_that_cannot_be_is_not_made(db: None, folder: Path, looks: dict[str, Any]) -> None:
    with pytest.raises(BrokenFile):
        load_municipality(file_with(folder, TOWN | looks))
    assert not Municipality.objects.exists()


@pytest.mark.parametrize("name", ["lindewaard", "oosterveen"])
def test_the_invented_towns_have_looks_of_their_own(db: None, name: str) -> None:
    town = load_municipality(Path(demo).parent / name / "municipality.json")
    assert (bool(town.theme), town.logo[-4:]) == (True, ".svg")
