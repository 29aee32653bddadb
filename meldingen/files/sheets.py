"""CSV as people and spreadsheets write it: delimiter, line ends, marks, empty rows and cells are nobody's mistake."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from meldingen import strictjson, texts
from meldingen.files.reading import NO_TEXT, UTF8, BrokenFile, in_line, read_text

LONGEST_CELL = 131_072  # characters; where the csv module stops too
_DELIMITERS = ",;\t|"
_LINE_END = re.compile(r"\r\n|\r|\n")
# The line by which a file tells Excel its delimiter, with what Excel may put behind it.
_SEP = re.compile(r'"?sep=([^\w\s"]|\t)"?[,;\t]*[ ]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
# What a spreadsheet runs as a formula, and what is only a number below zero.
_RUN = re.compile(r" *[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[\d.,]+\Z")


@dataclass(frozen=True)
class Line:
    """One row of a CSV: where it begins and its cells by column. `wrong` says why it cannot be read, `column` where."""

    number: int
    cells: dict[str, str]
    column: str = ""
    wrong: str = ""


def name_of(column: str) -> str:
    """A column's name as it is compared and kept: in one spelling, without spaces around it, in lower case."""
    return " ".join(texts.normal(column).split()).casefold()


def guard(cell: str) -> str:
    """A cell that no spreadsheet runs; `read_lines` takes the apostrophe off again."""
    return f"'{cell}" if _RUN.match(cell) and not _NUMBER.match(cell) else cell


def read_csv(path: Path, columns: Iterable[str], encoding: str = UTF8) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row; BrokenFile, with line and column, for the first row that cannot be read."""
    for line in read_lines(path, columns, encoding):
        if line.wrong:
            raise in_line(path, line.number, line.column, line.wrong)
        yield line.number, line.cells


def read_lines(path: Path, columns: Iterable[str], encoding: str = UTF8) -> Iterator[Line]:
    """Each row that says something, also those that cannot be read; its cells by the `name_of` their columns.

    BrokenFile when one of `columns` is missing, a column stands twice or the file is no text. The delimiter is the one
    of a line `sep=`, else that of the four by which most of `columns` are found.
    """
    text = read_text(path, encoding)
    expected_names = [name_of(column) for column in columns]
    delimiter, first = "", 0
    if match := _SEP.match(text):
        delimiter, text, first = match[1], text[match.end() :], 1
    physical = _LINE_END.split(text)
    delimiter = delimiter or _delimiter(physical, expected_names)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names = _header(path, reader, first, expected_names)
    while True:
        begin = reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _unreadable(first + begin + 1, names, physical[begin].split(delimiter), error)
            continue
        if any(map(str.strip, cells)):
            yield _line(first + begin + 1, names, cells)


def _delimiter(physical: list[str], expected_names: list[str]) -> str:
    header = next((line for line in physical if line.strip(_DELIMITERS + " ")), "")

    def fits(sign: str) -> tuple[int, int]:
        names = {name_of(cell.strip().strip('"')) for cell in header.split(sign)}
        return len(names.intersection(expected_names)), header.count(sign)

    return max(_DELIMITERS, key=fits)


def _header(path: Path, reader: Any, first: int, expected_names: list[str]) -> list[str]:
    """The names of the columns: the first row that is not blank."""
    cells: list[str] = []
    try:
        while not any(map(str.strip, cells)):
            cells = next(reader)
    except StopIteration:
        cells = []
    except csv.Error as error:
        where = {"file": path.name, "line": first + 1, "why": error}
        raise BrokenFile(_("%(file)s, line %(line)d: not valid CSV (%(why)s).") % where) from error
    line = first + max(reader.line_num, 1)
    names = [name_of(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    _refuse_missing(path, line, names, expected_names)
    _refuse_twice(path, line, names)
    return names


def _refuse_missing(path: Path, line: int, names: list[str], expected_names: list[str]) -> None:
    if missing := [column for column in expected_names if column not in names]:
        raise BrokenFile(
            _("%(file)s, line %(line)d: column %(missing)s is missing. The file has: %(names)s.")
            % {"file": path.name, "line": line, "missing": ", ".join(missing), "names": ", ".join(names) or "-"}
        )


def _refuse_twice(path: Path, line: int, names: list[str]) -> None:
    """Which of the two is meant, nobody can tell; a column without a name is nobody's."""
    column_of: dict[str, int] = {}
    for number, name in enumerate(names, start=1):
        if name and column_of.setdefault(name, number) != number:
            raise BrokenFile(
                _(
                    "%(file)s, line %(line)d: “%(name)s” stands above column %(first)d and above column %(second)d. "
                    "Give one of them another name."
                )
                % {"file": path.name, "line": line, "name": name[:60], "first": column_of[name], "second": number}
            )


def _unreadable(number: int, names: list[str], pieces: list[str], error: csv.Error) -> Line:
    """What the reader could not read: the column is the first that is too long or has a quote in it."""
    column = next((n for n, piece in zip(names, pieces, strict=False) if '"' in piece or len(piece) > LONGEST_CELL), "")
    return Line(number, dict.fromkeys(names, ""), column, _("not valid CSV (%(why)s)") % {"why": error})


def _line(number: int, names: list[str], cells: list[str]) -> Line:
    row = dict.fromkeys(names, "") | dict(zip(names, map(_cell, cells), strict=False))
    row.pop("", None)  # what stands below no name says nothing
    # A row that is too short may be half of a row with an end of line in it. Empty cells behind the last column are
    # what a spreadsheet adds.
    if len(cells) >= len(names) and not any(map(str.strip, cells[len(names) :])):
        spoilt = next((name for name, cell in row.items() if strictjson.NUL in cell), "")
        return Line(number, row, spoilt, str(NO_TEXT) if spoilt else "")
    column = names[min(len(cells), len(names) - 1)]
    wrong = _("%(found)d cells instead of %(expected)d") % {"found": len(cells), "expected": len(names)}
    return Line(number, row, column, wrong)


def _cell(cell: str) -> str:
    cell = texts.normal(cell).strip()
    return cell[1:] if cell.startswith("'") and _RUN.match(cell[1:]) else cell
