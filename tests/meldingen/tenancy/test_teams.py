from pathlib import Path

import pytest

from meldingen.files.reading import BrokenFile
from meldingen.tenancy.models import Team
from meldingen.tenancy.teams import load_teams
from tests.factories import Town


@pytest.fixture
def teams(tmp_path: Path) -> Path:
    path = tmp_path / "teams.csv"
    path.write_text("slug,name,email\nwegen,Wegen en paden,\ngroen,Groen,groen@example.org\n", encoding="utf-8")
    return path


def test_a_file_of_teams_changes_what_is_there_and_adds_the_rest(town: Town, neighbour: Town, teams: Path) -> None:
    assert load_teams(town.municipality, teams) == 2
    town.roads.refresh_from_db()
    assert town.roads.name == "Wegen en paden"
    assert Team.objects.get(slug="groen").email == "groen@example.org"
    assert Team.objects.of(neighbour.municipality).get(slug="wegen").name == "Wegen"


@pytest.mark.parametrize(
    ("line", "column"), [("wegen,Nog een,", "slug"), ("w egen,Spatie,", "slug"), ("x,Post,geen adres", "email")]
)
def test_a_line_that_is_wrong_is_named_and_nothing_is_loaded(town: Town, teams: Path, line: str, column: str) -> None:
    teams.write_text(f"{teams.read_text()}{line}\n", encoding="utf-8")
    with pytest.raises(BrokenFile, match=rf"teams\.csv, .*4.*{column}"):
        load_teams(town.municipality, teams)
    assert not Team.objects.filter(slug="groen").exists()
