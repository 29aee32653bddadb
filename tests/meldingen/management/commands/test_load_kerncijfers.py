"""The command says what became of the areas."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import Town


def test_it_says_how_many_areas_have_figures_and_which_are_not_in_the_file(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "kwb.csv"
    path.write_text(f"gwb_code_10;a_inw;a_hh;bev_dich\n{town.west.code};1250;600;4100\n")
    call_command("load_kerncijfers", town.municipality.code, str(path), "--year", "2025", verbosity=0)
    said = capsys.readouterr().out
    assert ("1 " in said, town.east.code in said, town.west.code in said) == (True, True, False)


def test_a_broken_file_is_refused_in_words(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "leeg.csv"
    path.write_text("naam;aantal\nWest;3\n")
    with pytest.raises(CommandError, match="gwb_code_10"):
        call_command("load_kerncijfers", town.municipality.code, str(path), "--year", "2025", verbosity=0)
