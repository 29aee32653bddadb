"""Comma-separated values after RFC 4180: UTF-8, a header line, CRLF. Safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

from opendata.datasets import Document
from opendata.datasets.history import History
from opendata.datasets.tables import Value

# A cell that begins like this is run as a formula by spreadsheets.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def render(document: Document, borders: dict[str, object]) -> bytes:
    """Names that a spreadsheet would run get an apostrophe in front; numbers stay numbers, also below zero."""
    return _file(document.columns, document.rows)


def render_history(history: History) -> bytes:
    """Every period, by the same rules."""
    return _file(history.names, history.rows)


def safe(value: Value) -> Value:
    """A cell that no spreadsheet runs."""
    if isinstance(value, str) and value.lstrip(" ").startswith(DANGEROUS):
        return f"'{value}"
    return value


def _file(columns: Sequence[str], rows: Iterable[dict[str, Value]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(value) for value in row.values()] for row in rows)
    return text.getvalue().encode()
