"""A workbook: a sheet with every row, to filter and to pivot, and one that explains the columns."""

import io
from datetime import datetime

import xlsxwriter
from django.utils import translation
from xlsxwriter.worksheet import Worksheet

from opendata.datasets.history import History
from opendata.datasets.tables import Value

# Of the workbook: the moment at which it is made would make each one another.
DAY_OF_MAKING = datetime(2026, 1, 1)  # noqa: DTZ001 - a spreadsheet knows no time zones
LEAST, MOST = 8, 36  # characters a column is wide


def render_history(history: History) -> bytes:
    """Texts are written as texts, so none is run as a formula; numbers as numbers."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"title": history.dataset.slug, "created": DAY_OF_MAKING})
    bold = book.add_format({"bold": True})
    _rows(book.add_worksheet("Cijfers"), history, bold)
    with translation.override("nl"):  # as the columns are, whoever asks for the file
        _explanation(book.add_worksheet("Uitleg"), history, bold)
    book.close()
    return file.getvalue()


def _rows(sheet: Worksheet, history: History, bold: object) -> None:
    for x, name in enumerate(history.names):
        sheet.write_string(0, x, name, bold)
    for y, row in enumerate(history.rows, 1):
        for x, value in enumerate(row.values()):
            _cell(sheet, y, x, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(history.rows), 1), len(history.names) - 1)
    for x, name in enumerate(history.names):
        longest = max((len(str(row[name])) for row in history.rows), default=0)
        sheet.set_column(x, x, min(max(longest, len(name), LEAST) + 2, MOST))


def _cell(sheet: Worksheet, y: int, x: int, value: Value) -> None:
    if isinstance(value, str):
        if value:
            sheet.write_string(y, x, value)
    elif value is not None:
        sheet.write_number(y, x, value)


def _explanation(sheet: Worksheet, history: History, bold: object) -> None:
    lines = [
        ("", f"{history.dataset.title}, {history.municipality}"),
        ("licentie", "CC0 1.0, https://creativecommons.org/publicdomain/zero/1.0/deed.nl"),
        ("sha256_rijen", history.sha256),
        *((column.name, str(column.meaning)) for column in history.columns),
    ]
    for y, (name, words) in enumerate(lines):
        sheet.write_string(y, 0, name, bold)
        sheet.write_string(y, 1, words)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 110)
