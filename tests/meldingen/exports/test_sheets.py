import csv
from datetime import date, datetime
from pathlib import Path

import pandas
import pytest
from openpyxl import load_workbook

from meldingen.exports.sheets import LONGEST, Cell, open_sheet

FORMULAS = ["=1+1", "+31", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1"]
NOTE = "Intern. Voor publiek gebruik: https://stad.example/data/"


def _written(path: Path, *cells: Cell) -> Path:
    with open_sheet(path.suffix[1:], path, [f"kolom {n}" for n, _ in enumerate(cells)], NOTE) as sheet:
        sheet.write([cells])
    return path


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_text_in_csv(tmp_path: Path, text: str) -> None:
    assert _rows(_written(tmp_path / "f.csv", text))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_text_in_excel(tmp_path: Path, text: str) -> None:
    cell = load_workbook(_written(tmp_path / "f.xlsx", text)).worksheets[0]["A2"]
    assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", True)


@pytest.mark.parametrize("text", ["14 + 2 = 16", "e-mail", "http://example.org", "{=1}"])
def test_other_words_stay_as_they_are(tmp_path: Path, text: str) -> None:
    assert _rows(_written(tmp_path / "f.csv", text))[1] == [text]
    cell = load_workbook(_written(tmp_path / "f.xlsx", text)).worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_what_is_read_has_the_columns_that_were_written_and_no_other(tmp_path: Path) -> None:
    path = _written(tmp_path / "f.csv", "a", 1.5)
    assert _rows(path) == [["kolom 0", "kolom 1"], ["a", "1,5"]]
    for table in (
        pandas.read_csv(path, sep=";", decimal=","),
        pandas.read_excel(_written(tmp_path / "f.xlsx", "a", 1.5)),
    ):
        assert table.to_dict("list") == {"kolom 0": ["a"], "kolom 1": [1.5]}


def test_a_workbook_says_for_whom_it_is_on_a_sheet_of_its_own_and_on_paper(tmp_path: Path) -> None:
    book = load_workbook(_written(tmp_path / "f.xlsx", "a"))
    assert book.worksheets[1]["A1"].value == NOTE
    assert book.worksheets[0].oddFooter.left.text == NOTE


def test_numbers_and_moments_are_what_a_dutch_spreadsheet_reads(tmp_path: Path) -> None:
    cells = (7, 1.5, datetime(2026, 5, 4, 8, 30), date(2026, 5, 6), None)  # noqa: DTZ001
    assert _rows(_written(tmp_path / "f.csv", *cells))[1] == ["7", "1,5", "2026-05-04 08:30", "2026-05-06", ""]
    row = next(
        load_workbook(_written(tmp_path / "f.xlsx", *cells)).worksheets[0].iter_rows(min_row=2, values_only=True)
    )
    assert row[:4] == (7, 1.5, cells[2], datetime(2026, 5, 6))  # noqa: DTZ001


def test_a_separator_a_quote_and_a_line_stay_in_their_cell(tmp_path: Path) -> None:
    text = 'een "gat"; diep\r\nen nat'
    assert _rows(_written(tmp_path / "f.csv", text))[1] == [text]


def test_a_text_that_is_longer_than_a_cell_is_cut_in_excel(tmp_path: Path) -> None:
    cell = load_workbook(_written(tmp_path / "f.xlsx", "x" * 100_000)).worksheets[0]["A2"]
    assert len(cell.value) == LONGEST


def test_no_rows_are_a_heading(tmp_path: Path) -> None:
    for kind in ("csv", "xlsx"):
        with open_sheet(kind, tmp_path / f"f.{kind}", ["kenmerk"], NOTE):
            pass
    assert _rows(tmp_path / "f.csv") == [["kenmerk"]]
    assert load_workbook(tmp_path / "f.xlsx").worksheets[0].max_row == 1
