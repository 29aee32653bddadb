import csv
import io

import pytest

from opendata.formats.csv import render, render_history, safe
from tests.opendata.formats.making import document, row, two_months


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "  =1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Gat", "a=1", "", -3, 0.5, None])
def test_other_cells_stay_as_they_are(value: str | float | None) -> None:
    assert safe(value) == value


def test_lines_end_as_rfc_4180_says_and_nothing_is_there_for_none() -> None:
    lines = render(document("2026-05", row(verwachte_fout_procent=None)), {}).decode().split("\r\n")
    assert (len(lines), lines[0].split(",")[0], lines[-1]) == (3, "maand", "")
    assert next(csv.DictReader(lines[:2]))["verwachte_fout_procent"] == ""


def test_a_history_has_one_header_and_every_period() -> None:
    text = io.StringIO(render_history(two_months(categorie="=1")).decode(), newline="")
    rows = list(csv.DictReader(text))
    assert [each["maand"] for each in rows] == ["2026-04", "2026-05"]
    assert rows[1]["categorie"] == "'=1"
