"""Reading the files that people deliver: what is broken is named by file, line and column."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

LONGEST_CELL = 200_000


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


def read_csv(path: Path, columns: Iterable[str], delimiter: str = "") -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row. BrokenFile when one of `columns` is missing or the file is no CSV.

    `delimiter` empty: the one of comma, semicolon and tab that stands most often in the header. A row with too few or
    too many cells is yielded with the key "" that says so, so that the caller can refuse that row and go on.
    """
    text = read_text(path)
    header = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter or max(",;\t", key=header.count), strict=True
    )
    csv.field_size_limit(LONGEST_CELL)
    try:
        names = next(reader, [])
        _refuse_missing(path, names, columns)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if cells:
                yield line, _row(names, cells)
    except csv.Error as error:
        raise BrokenFile(
            _("%(file)s, line %(line)d: not valid CSV (%(why)s).")
            % {"file": path.name, "line": reader.line_num, "why": error}
        ) from error


def _refuse_missing(path: Path, names: list[str], columns: Iterable[str]) -> None:
    if missing := [column for column in columns if column not in names]:
        raise BrokenFile(
            _("%(file)s, line 1: column %(missing)s is missing. The file has: %(names)s.")
            % {"file": path.name, "missing": ", ".join(missing), "names": ", ".join(names) or "-"}
        )


def _row(names: list[str], cells: list[str]) -> dict[str, str]:
    row = dict(zip(names, cells, strict=False))
    if len(cells) != len(names):
        row[""] = _("%(found)d cells instead of %(expected)d") % {"found": len(cells), "expected": len(names)}
    return row
