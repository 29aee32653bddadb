"""Rows into a file that a spreadsheet opens, one after the other: as many as there are, in the same memory.

What begins as a formula does is text in both kinds, whatever a resident typed.
"""

import csv
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.exceptions import FileCreateError

Kind = type[BaseException] | None
Cell = str | int | float | datetime | date | None
# A cell that begins like this is run as a formula by spreadsheets.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST = 32_767  # signs that a cell of a spreadsheet holds


class Sheet(Protocol):
    """A file that is being written; it is whole when the context ends without an error."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Add rows."""


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet would run it."""
    return text.lstrip(" ").startswith(DANGEROUS)


class CsvSheet(ExitStack):
    """As a Dutch Excel opens it by a double click: UTF-8 with its mark, semicolons, decimal commas.

    The first line is the headings, and each has its column, as whatever reads a CSV expects it.
    """

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        super().__init__()
        file = self.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
        self._writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        self._writer.writerow(names)

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Add rows."""
        self._writer.writerows([_in_csv(value) for value in row] for row in rows)


def _in_csv(value: Cell) -> str | int | None:
    if isinstance(value, str):
        return f"'{value}" if is_dangerous(value) else value
    if isinstance(value, float):
        return str(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else value


class ExcelSheet:
    """A workbook: the rows, and a sheet that says what they are. Rows go to the disk as they come."""

    def __init__(self, path: Path, names: Sequence[str], note: str) -> None:
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
        self._sheet = self._book.add_worksheet(_("Meldingen"))
        self._bold = self._book.add_format({"bold": True})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        # What it looks like does not matter when somebody edits the cell: it stays text.
        self._as_text = self._book.add_format({"num_format": "@", "quote_prefix": True})
        self._sheet.set_column(0, len(names) - 1, 18)
        for x, name in enumerate(names):
            self._sheet.write_string(0, x, name, self._bold)
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_footer(f"&L{note.replace('&', '&&')[:200]}&R&P / &N")  # on each page that is printed
        self._width, self._next, self._note = len(names), 1, note

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._sheet.autofilter(0, 0, max(self._next - 1, 1), self._width - 1)
            about = self._book.add_worksheet(_("About"))
            about.set_column(0, 0, 80)
            about.write_string(0, 0, self._note)
            try:
                self._book.close()
            except FileCreateError as failure:  # what the disk says, in the library's own words
                raise OSError(str(failure)) from failure

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Add rows."""
        for row in rows:
            for x, value in enumerate(row):
                self._cell(x, value)
            self._next += 1

    def _cell(self, x: int, value: Cell) -> None:
        if isinstance(value, str):
            if value:
                self._sheet.write_string(self._next, x, value[:LONGEST], self._as_text if is_dangerous(value) else None)
        elif isinstance(value, datetime):
            self._sheet.write_datetime(self._next, x, value, self._moment)
        elif isinstance(value, date):
            self._sheet.write_datetime(self._next, x, value, self._day)
        elif value is not None:
            self._sheet.write_number(self._next, x, value)


KINDS: dict[str, Any] = {"csv": lambda path, names, note: CsvSheet(path, names), "xlsx": ExcelSheet}


def open_sheet(kind: str, path: Path, names: Sequence[str], note: str) -> Sheet:
    """A new file of a kind, with its heading. `note` says for whom it is, where the kind has room beside the rows."""
    sheet: Sheet = KINDS[kind](path, names, note)
    return sheet
