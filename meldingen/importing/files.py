"""Reading the files that people deliver: what is broken is named by file, line and column."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

LONGEST_CELL = 131_072  # characters; where the csv module stops too


class BrokenFile(Exception):
    """A file that cannot be read as what it should be. The message says where and what to do, for whoever made it."""


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, a byte-order mark or not. BrokenFile when it is missing or in another encoding."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BrokenFile(
            _("%(file)s: cannot be opened (%(why)s).") % {"file": path.name, "why": error.strerror}
        ) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BrokenFile(
            _("%(file)s, line %(line)d: not UTF-8. Save the file as UTF-8 and try again.")
            % {"file": path.name, "line": line}
        ) from error


def read_json(path: Path) -> Any:
    """What a JSON file holds. BrokenFile names line and column of what is not JSON."""
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise BrokenFile(
            _("%(file)s, line %(line)d, column %(column)d: not valid JSON.")
            % {"file": path.name, "line": error.lineno, "column": error.colno}
        ) from error
    except (ValueError, RecursionError) as error:
        raise BrokenFile(
            _("%(file)s: cannot be read: a number is too long or brackets nest too deep.") % {"file": path.name}
        ) from error


def in_line(path: Path, line: int, column: str, what: str) -> BrokenFile:
    """The refusal of one cell of a CSV: where it stands and what is wrong with it, in words without a full stop."""
    return BrokenFile(
        _("%(file)s, line %(line)d, column %(column)s: %(what)s.")
        % {"file": path.name, "line": line, "column": column or "-", "what": what}
    )


def refuse_unfit(path: Path, where: int | str, row: Model, called: Mapping[str, str]) -> None:
    """BrokenFile for the first value of `row` that does not fit its column: empty, too long, no address, no text.

    `where` is the line of the row in a CSV, or its name in a file without lines. `called` is how the file calls a
    field, unless it has the field's own name. Values become what the column holds: "1" in the file is the number 1.
    Keys to other rows are not asked.
    """
    keys = {field.name for field in row._meta.fields if field.is_relation}
    try:
        row.clean_fields(exclude=keys)
        _refuse_no_text(row)
    except ValidationError as error:
        field, reasons = next(iter(error.message_dict.items()))
        column, what = called.get(field, field), " ".join(reasons).removesuffix(".")
        if isinstance(where, int):
            raise in_line(path, where, column, what) from error
        raise BrokenFile(
            _("%(file)s, %(name)s, %(column)s: %(what)s.")
            % {"file": path.name, "name": where[:60], "column": column, "what": what}
        ) from error


def _refuse_no_text(row: Model) -> None:
    """ValidationError for what PostgreSQL takes for no text: a NUL, half of a surrogate pair."""
    for field, value in vars(row).items():
        if isinstance(value, str) and ("\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value)):
            raise ValidationError({field: _("Characters that are no text.")})


@dataclass(frozen=True)
class Line:
    """One row of a CSV: where it begins and its cells by column. `wrong` says why it cannot be read, `column` where."""

    number: int
    cells: dict[str, str]
    column: str = ""
    wrong: str = ""


def read_csv(path: Path, columns: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row; BrokenFile, with line and column, for the first row that cannot be read."""
    for line in read_lines(path, columns):
        if line.wrong:
            raise in_line(path, line.number, line.column, line.wrong)
        yield line.number, line.cells


def read_lines(path: Path, columns: Iterable[str]) -> Iterator[Line]:
    """Each row, also those that cannot be read. BrokenFile when one of `columns` is missing or the file is no text.

    The delimiter is the one of comma, semicolon and tab that stands most often in the header.
    """
    text = read_text(path)
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names = _header(path, reader, columns)
    physical = text.splitlines()
    while True:
        begin = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _unreadable(begin, names, physical[begin - 1].split(delimiter), error)
            continue
        if cells:
            yield _line(begin, names, cells)


def _header(path: Path, reader: Iterator[list[str]], columns: Iterable[str]) -> list[str]:
    try:
        names = next(reader, [])
    except csv.Error as error:
        raise BrokenFile(_("%(file)s, line 1: not valid CSV (%(why)s).") % {"file": path.name, "why": error}) from error
    _refuse_missing(path, names, columns)
    return names


def _unreadable(number: int, names: list[str], pieces: list[str], error: csv.Error) -> Line:
    """What the reader could not read: the column is the first that is too long or has a quote in it."""
    column = next((n for n, piece in zip(names, pieces, strict=False) if '"' in piece or len(piece) > LONGEST_CELL), "")
    return Line(number, {}, column, _("not valid CSV (%(why)s)") % {"why": error})


def _refuse_missing(path: Path, names: list[str], columns: Iterable[str]) -> None:
    if missing := [column for column in columns if column not in names]:
        raise BrokenFile(
            _("%(file)s, line 1: column %(missing)s is missing. The file has: %(names)s.")
            % {"file": path.name, "missing": ", ".join(missing), "names": ", ".join(names) or "-"}
        )


def _line(number: int, names: list[str], cells: list[str]) -> Line:
    row = dict(zip(names, cells, strict=False))
    if len(cells) == len(names):
        return Line(number, row)
    column = names[min(len(cells), len(names) - 1)]
    wrong = _("%(found)d cells instead of %(expected)d") % {"found": len(cells), "expected": len(names)}
    return Line(number, row, column, wrong)
