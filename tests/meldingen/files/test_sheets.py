from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meldingen.files.reading import BrokenFile
from meldingen.files.sheets import guard, read_csv, read_lines


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Any]:
    def write(content: bytes | str, name: str = "rijen.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_it_finds_the_delimiter_itself(file: Callable[..., Any], delimiter: str) -> None:
    path = file(delimiter.join("ab") + "\n" + delimiter.join("12") + "\n")
    assert list(read_csv(path, ["a", "b"])) == [(2, {"a": "1", "b": "2"})]


def test_a_byte_order_mark_is_no_part_of_the_first_column(file: Callable[..., Any]) -> None:
    assert list(read_csv(file(b"\xef\xbb\xbfa,b\n1,2\n"), ["a"])) == [(2, {"a": "1", "b": "2"})]


def test_a_row_after_one_over_several_lines_has_its_own_line_number(file: Callable[..., Any]) -> None:
    rows = list(read_csv(file('a,b\n"een\ntwee",2\n3,4\n'), ["a"]))
    assert [line for line, _row in rows] == [2, 4]


def test_it_names_the_missing_column_and_those_there_are(file: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match=r"rijen\.csv.* 1.*naam.*a, b"):
        list(read_csv(file("a,b\n1,2\n"), ["naam"]))


def test_it_names_the_line_that_is_not_utf8(file: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match="2"):
        list(read_csv(file(b"a,b\n\xff,2\n"), ["a"]))


def test_it_names_the_column_of_a_cell_that_is_too_long_and_reads_on(file: Callable[..., Any]) -> None:
    lines = list(read_lines(file("a,b\n1," + "x" * 131_073 + "\n3,4\n"), ["a"]))
    assert [(line.number, line.column, bool(line.wrong)) for line in lines] == [(2, "b", True), (3, "", False)]


def test_it_names_line_and_column_of_what_is_no_csv(file: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match=r"3.*b"):
        list(read_csv(file('a,b\n1,2\n1,"x"y\n'), ["a"]))


@pytest.mark.parametrize("broken", ['"x"y,2', "1", "1,2,3"])
def test_a_row_that_cannot_be_read_says_so_and_the_others_are_read(file: Callable[..., Any], broken: str) -> None:
    lines = list(read_lines(file(f"a,b\n{broken}\n3,4\n"), ["a"]))
    assert [bool(line.wrong) for line in lines] == [True, False]
    assert (lines[0].number, lines[1].number, lines[1].cells) == (2, 3, {"a": "3", "b": "4"})


def test_a_quote_that_is_never_closed_is_named_where_it_begins(file: Callable[..., Any]) -> None:
    lines = list(read_lines(file('a,b\n1,2\n3,"4\n5,6\n'), ["a"]))
    assert [(line.number, line.column, bool(line.wrong)) for line in lines] == [(2, "", False), (3, "b", True)]


def test_an_empty_file_is_broken(file: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile):
        list(read_csv(file(""), ["a"]))


@pytest.mark.parametrize("told", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;"])
def test_a_line_that_tells_excel_the_delimiter_is_no_header(file: Callable[..., Any], told: str) -> None:
    path = file(f"{told}\r\na;b,c,d\r\n1;2\r\n")
    assert list(read_csv(path, ["a"])) == [(3, {"a": "1", "b,c,d": "2"})]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_the_delimiter_is_the_one_by_which_the_columns_are_found(file: Callable[..., Any], end: str) -> None:
    path = file(end.join(["id;straat, huisnummer, plaats;tekst", "1;x;a,b,c,d,e", ""]))
    assert [cells["id"] for _number, cells in read_csv(path, ["id", "tekst"])] == ["1"]


def test_names_of_columns_are_compared_without_spaces_and_case(file: Callable[..., Any]) -> None:
    path = file("ID ; Gemeld_Op;cafe\u0301\n1;2;3\n")
    assert list(read_csv(path, ["id", "GEMELD_OP", "Café"])) == [(2, {"id": "1", "gemeld_op": "2", "café": "3"})]


@pytest.mark.parametrize("header", ["a,b,a", "a,b, A "])
def test_two_columns_with_one_name_are_refused_with_both_places(file: Callable[..., Any], header: str) -> None:
    with pytest.raises(BrokenFile, match=r"regel 1: “a” .*kolom 1 .*kolom 3"):
        list(read_csv(file(f"{header}\n1,2,3\n"), ["b"]))


def test_what_a_spreadsheet_adds_is_nothing(file: Callable[..., Any]) -> None:
    path = file(";;;\n\na;b;;\n;;;\n1;2;;;;\n ; ;\n\n3;4;;\n")
    assert list(read_csv(path, ["a", "b"])) == [(5, {"a": "1", "b": "2"}), (8, {"a": "3", "b": "4"})]


def test_a_cell_beyond_the_last_column_that_says_something_is_refused(file: Callable[..., Any]) -> None:
    (line,) = read_lines(file("a,b,\n1,2,,x\n"), ["a"])
    assert (line.column, line.wrong) == ("b", "4 cellen in plaats van 2")


def test_a_column_without_a_name_says_nothing(file: Callable[..., Any]) -> None:
    assert list(read_csv(file(",a\n0,1\n"), ["a"])) == [(2, {"a": "1"})]


def test_cells_are_in_one_spelling(file: Callable[..., Any]) -> None:
    assert list(read_csv(file("a\n Cafe\u0301\u00a0 \n"), ["a"])) == [(2, {"a": "Café"})]


@pytest.mark.parametrize("cell", ["=1+1", " +31", "@a", "-weg", "\tx"])
def test_a_cell_that_no_spreadsheet_runs_comes_back_as_it_was(file: Callable[..., Any], cell: str) -> None:
    assert guard(cell) == f"'{cell}"
    assert list(read_csv(file(f"a\n{guard(cell)}\n"), ["a"])) == [(2, {"a": cell})]


@pytest.mark.parametrize("cell", ["-5,2", "+3", "'s avonds", "tekst", ""])
def test_a_number_and_a_text_stay_what_they_are(file: Callable[..., Any], cell: str) -> None:
    assert guard(cell) == cell
    assert list(read_csv(file(f"a;b\n{cell};x\n"), ["a"])) == [(2, {"a": cell, "b": "x"})]


def test_a_nul_is_wrong_in_its_row_and_column_and_the_rows_around_it_are_read(file: Callable[..., Any]) -> None:
    lines = list(read_lines(file("a,b\n1,2\n3,x\0y\n5,6\n"), ["a"]))
    assert [(line.number, line.column) for line in lines if line.wrong] == [(3, "b")]
    assert "NUL" in lines[1].wrong
