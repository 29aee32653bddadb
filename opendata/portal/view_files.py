"""A view as a file: the same rows for programs and spreadsheets."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from opendata.datasets.tables import Value
from opendata.disclosure.intervals import Interval, Quantity
from opendata.figures.finding import Finding
from opendata.figures.seeing import Number, Row, Sight
from opendata.figures.spans import spans_of
from opendata.figures.verdict import Verdict
from opendata.formats.csv import safe
from opendata.formats.xlsx import DAY_OF_MAKING
from opendata.registration import Registration

MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
}
# As the page says it: not of both periods all days were registered alike, or they are numbers of two areas.
UNLIKE = "niet te vergelijken"
_NUMBERS = ("trekking", "aantal", "ondergrens", "bovengrens")


def rows_of(sight: Sight) -> list[dict[str, Value]]:
    """The rows of a view, in Dutch columns: the key, the number, and what it is compared with."""
    return [dict(_cells(row, sight)) for row in sight.rows]


def _caveats_of_rows(sight: Sight, caveats: list[str], registration: Registration) -> list[str]:
    """What must be said of each row: through time of its own period."""
    if sight.view.by is not None:
        return ["; ".join(caveats)] * len(sight.rows)
    return ["; ".join(one.caveats(registration)) for one in sight.draws]


def _sums(sight: Sight) -> list[dict[str, object]]:
    """Periods added up beside those of the year before."""
    return [
        {
            "periodes": [str(one) for one in span.periods],
            "met_periodes": [str(one) for one in span.earlier],
            **dict(zip(_NUMBERS, _of(span.mine), strict=True)),
            **dict(zip((f"met_{name}" for name in _NUMBERS), _of(span.theirs), strict=True)),
            **_difference(span.verdict),
            "oordeel": span.sentences,
        }
        for span in spans_of(sight)
    ]


def render_json(sight: Sight, finding: Finding, caveats: list[str], address: str, registration: Registration) -> bytes:
    """What a program gets of a view: what was asked, what it tells, and the rows."""
    view, fixed_grid = sight.view, sight.draws[-1].year.fixed
    body = {
        "dataset": view.dataset.slug,
        "gemeentecode": fixed_grid.municipality.code,
        "adres": address,
        "periode": str(view.period),
        "maat": str(view.measure),
        "vergeleken_met": sight.theirs or None,
        "bevinding": [finding.headline, *finding.sentences],
        "voorbehoud": caveats,
        "grensjaar": fixed_grid.vintage,
        "bron_grenzen": fixed_grid.attribution,
        "licentie": "https://creativecommons.org/publicdomain/zero/1.0/",
        "rijen": [
            row | {"voorbehoud": caveat}
            for row, caveat in zip(rows_of(sight), _caveats_of_rows(sight, caveats, registration), strict=True)
        ],
        "opgeteld": _sums(sight),
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def render_csv(sight: Sight, caveats: list[str], registration: Registration) -> bytes:
    """A header and the rows, so that no spreadsheet runs a name in them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    rows = rows_of(sight)
    writer.writerow([*(rows[0] if rows else _NUMBERS), "voorbehoud"])
    pairs = zip(rows, _caveats_of_rows(sight, caveats, registration), strict=True)
    writer.writerows([safe(value) for value in (*row.values(), caveat)] for row, caveat in pairs)
    return text.getvalue().encode()


def render_xlsx(sight: Sight, finding: Finding, caveats: list[str], address: str) -> bytes:
    """A sheet with the rows, one with their sums where there are any, and one that says what they are."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"title": finding.headline[:250], "created": DAY_OF_MAKING})
    bold = book.add_format({"bold": True})
    _write_sheet(book.add_worksheet("Cijfers"), rows_of(sight), bold)
    if sums := [dict(_flat(one)) for one in _sums(sight)]:
        _write_sheet(book.add_worksheet("Opgeteld"), sums, bold)
    explanation = book.add_worksheet("Uitleg")
    lines = [
        ("bevinding", finding.headline),
        *(("", one) for one in (*finding.sentences, *caveats)),
        ("adres", address),
    ]
    for y, (name, words) in enumerate([*lines, ("licentie", "CC0 1.0")]):
        explanation.write_string(y, 0, name, bold)
        explanation.write_string(y, 1, words)
    explanation.set_column(1, 1, 110)
    book.close()
    return file.getvalue()


def _write_sheet(sheet: Worksheet, rows: Sequence[Mapping[str, Value]], bold: object) -> None:
    for x, name in enumerate(rows[0] if rows else _NUMBERS):
        sheet.write_string(0, x, name, bold)
        sheet.set_column(x, x, min(max(len(name), *(len(str(row[name])) for row in rows)) + 2, 36) if rows else 12)
    for y, row in enumerate(rows, 1):
        for x, value in enumerate(row.values()):
            if isinstance(value, str):
                sheet.write_string(y, x, value)
            elif value is not None:
                sheet.write_number(y, x, value)
    sheet.freeze_panes(1, 0)


def _flat(one: Mapping[str, object]) -> Iterator[tuple[str, Value]]:
    """Lists as the one text that fits into a cell."""
    for name, value in one.items():
        if isinstance(value, (list, tuple)):
            yield name, " ".join(map(str, value))
        elif value is None or isinstance(value, (str, int, float)):
            yield name, value


def _cells(row: Row, sight: Sight) -> Iterator[tuple[str, Value]]:
    if "periode" not in row.cells:
        yield "periode", str(sight.view.period)
    yield from row.cells.items()
    yield "maat", str(sight.view.measure)
    yield from zip(_NUMBERS, _of(row.mine), strict=True)
    if sight.is_beside:
        if sight.compared is not None:
            yield "met_periode", None if row.beside is None else str(row.beside)
        yield from zip((f"met_{name}" for name in _NUMBERS), _of(row.theirs), strict=True)
        yield from _difference(row.verdict, row.is_like and sight.is_judged).items()


def _difference(verdict: Verdict | None, is_like: bool = True) -> dict[str, Value]:
    numbers = (None,) * 4 if verdict is None else _numbers(verdict.difference, verdict.interval)
    names = (f"verschil_{name}" for name in _NUMBERS)
    noise: Value = None if verdict is None else UNLIKE if not is_like else ("nee" if verdict.is_noise else "ja")
    return dict(zip(names, numbers, strict=True)) | {"meer_dan_ruis": noise}


def _of(number: Number | None) -> tuple[Value, ...]:
    return (None,) * 4 if number is None else _numbers(number.quantity, number.interval)


def _numbers(quantity: Quantity, interval: Interval) -> tuple[Value, ...]:
    """Whole numbers as such, the rest to six figures behind the comma."""
    figures = (quantity.value, quantity.estimate, interval.lower, interval.upper)
    return tuple(int(one) if one.denominator == 1 else round(float(one), 6) for one in figures)
