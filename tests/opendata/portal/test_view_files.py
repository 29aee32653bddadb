"""A view as a file."""

import csv
import io
from collections.abc import Callable

import openpyxl
from django.test import Client

from opendata.figures.finding import Finding
from opendata.figures.seeing import Sight
from opendata.portal import view_files
from opendata.registration import Registration
from tests.factories import Town
from tests.opendata.figures.test_spans import line

BUURTEN = "buurt-per-maand"
See = Callable[..., Sight]


def test_all_formats_hold_the_same_rows(onlooker: Client) -> None:
    query = "?met=2026-04"
    rows = onlooker.get(f"/data/{BUURTEN}.json{query}").json()["rijen"]
    from_csv = list(csv.DictReader(io.StringIO(onlooker.get(f"/data/{BUURTEN}.csv{query}").content.decode())))
    sheet = openpyxl.load_workbook(io.BytesIO(onlooker.get(f"/data/{BUURTEN}.xlsx{query}").content))["Cijfers"]
    names, *cells = sheet.values
    assert [{name: row[name] for name in rows[0]} for row in from_csv] == [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in rows
    ]
    without_caveats = [{name: value for name, value in row.items() if name != "voorbehoud"} for row in rows]
    assert [dict(zip(names, row, strict=True)) for row in cells] == without_caveats


def test_the_columns_are_those_of_the_files(sight: See) -> None:
    row = view_files.rows_of(sight(BUURTEN))[0]
    assert list(row) == [
        "periode", "wijkcode", "wijknaam", "buurtcode", "buurtnaam", "maat", "trekking", "aantal", "ondergrens",
        "bovengrens",
    ]  # fmt: skip


def test_a_comparison_brings_both_sides_and_what_their_difference_tells(sight: See, seen_town: Town) -> None:
    row = view_files.rows_of(sight(BUURTEN, met="2026-04"))[0]
    difference = (row["trekking"], row["met_trekking"], row["verschil_trekking"])
    assert isinstance(difference[0], int)
    assert isinstance(difference[1], int)
    assert difference[0] - difference[1] == difference[2]
    assert row["meer_dan_ruis"] in ("ja", "nee")
    beside = view_files.rows_of(sight(BUURTEN, gebied=seen_town.west.code, met=seen_town.east.code))
    assert all("met_aantal" in one for one in beside)
    assert {one["meer_dan_ruis"] for one in beside} == {view_files.UNLIKE}


def test_what_is_unknown_stays_empty(sight: See) -> None:
    rows = view_files.rows_of(sight(BUURTEN, maat="inwoners"))
    assert [row["aantal"] for row in rows[1:]] == [None, None]
    days = Registration(None, None, ())
    content = view_files.render_csv(sight(BUURTEN, maat="inwoners"), ["let op"], days).decode()
    assert content.splitlines()[-1].endswith(",,,,let op")


def test_a_workbook_explains_itself(sight: See) -> None:
    made = view_files.render_xlsx(sight(BUURTEN), Finding("Kop", ("Zin",)), ["Let op"], "https://x/")
    said = [row[1] for row in openpyxl.load_workbook(io.BytesIO(made))["Uitleg"].values]
    assert said[:4] == ["Kop", "Zin", "Let op", "https://x/"]


def test_what_is_added_up_has_a_sheet_of_its_own() -> None:
    book = openpyxl.load_workbook(io.BytesIO(view_files.render_xlsx(line(), Finding("Kop", ()), [], "https://x/")))
    names, so_far, year = book["Opgeteld"].values
    assert [dict(zip(names, row, strict=True))["aantal"] for row in (so_far, year)] == [600, 700]
    assert str(dict(zip(names, so_far, strict=True))["periodes"]).startswith("2026-01 2026-02")
    without = view_files.render_xlsx(line(number=12), Finding("Kop", ()), [], "https://x/")
    assert openpyxl.load_workbook(io.BytesIO(without)).sheetnames == ["Cijfers", "Uitleg"]
