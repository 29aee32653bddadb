from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.utils import translation

from meldingen.files.rejects import Reject, RejectsFile

FULL = Path("/dev/full")


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


def reject(line: int = 2, **cells: str) -> Reject:
    return Reject(line, "tekst", "it is empty", cells or {"tekst": "=1", "plaats": "west"})


def test_each_row_has_its_line_column_and_reason_and_no_cell_is_run(tmp_path: Path) -> None:
    with RejectsFile(tmp_path / "fout.csv", tmp_path / "in.csv") as file:
        file.add(reject())
        file.add(reject(7))
        assert file.reasons == {("tekst", "it is empty"): 2}
    lines = (tmp_path / "fout.csv").read_text().splitlines()
    assert lines[:2] == ["line,column,reason,tekst,plaats", "2,tekst,it is empty,'=1,west"]
    assert len(lines) == 3


def test_without_a_refused_row_there_is_no_file_and_an_earlier_one_stays(tmp_path: Path) -> None:
    with RejectsFile(tmp_path / "nieuw.csv", tmp_path / "in.csv"):
        pass
    assert not (tmp_path / "nieuw.csv").exists()
    (tmp_path / "oud.csv").write_text("van gisteren")
    with RejectsFile(tmp_path / "oud.csv", tmp_path / "in.csv"):
        pass
    assert (tmp_path / "oud.csv").read_text() == "van gisteren"


def test_a_file_of_refused_rows_that_is_refused_again_has_its_own_columns_once(tmp_path: Path) -> None:
    (tmp_path / "fout.csv").write_text("van gisteren")
    with RejectsFile(tmp_path / "fout.csv", tmp_path / "in.csv") as file:
        file.add(Reject(2, "tekst", "it is empty", {"line": "9", "reason": "x", "tekst": "y"}))
    assert (tmp_path / "fout.csv").read_text().splitlines() == ["line,column,reason,tekst", "2,tekst,it is empty,y"]


def test_the_file_that_is_imported_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("tekst\n")
    with pytest.raises(CommandError, match="is the file that is imported"):
        RejectsFile(tmp_path / "in.csv", tmp_path / "in.csv")
    assert (tmp_path / "in.csv").read_text() == "tekst\n"


def test_where_nothing_can_be_written_it_says_so_at_once(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        RejectsFile(tmp_path / "weg" / "fout.csv", tmp_path / "in.csv")


@pytest.mark.skipif(not FULL.exists(), reason="this machine has no full disk to try")
def test_a_full_disk_ends_it_in_words(tmp_path: Path) -> None:
    with RejectsFile(FULL, tmp_path / "in.csv") as file, pytest.raises(CommandError, match="cannot be written"):
        file.add(reject())
