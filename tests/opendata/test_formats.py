"""Files are safe to open, and what is declared as reproducible always gives the same bytes."""

import csv
import io
import json
from dataclasses import replace

import pytest

from opendata.datasets import Caveats, Document
from opendata.formats import FORMATS

CAVEATS = Caveats(0.2, 31, ())


def made(name: str = "Stad", draw: int = -3) -> Document:
    row: dict[str, str | int | float | None] = {
        "maand": "2026-05",
        "wijkcode": "WK01",
        "wijknaam": name,
        "trekking": draw,
        "aantal": 0,
    }
    return Document(
        "d",
        "2026-05",
        "GM0001",
        "0.3",
        "2026-06-01T00:00:00+00:00",
        "0" * 64,
        ("wijkcode",),
        tuple(row),
        (row,),
        ("WK01",),
        CAVEATS,
    )


def cells(content: bytes) -> dict[str, str]:
    return next(csv.DictReader(io.StringIO(content.decode(), newline="")))


@pytest.mark.parametrize("name", ['=cmd|"/c calc"!A0', "+1", "-1", "@SUM(A1)", "\tx", " =1"])
def test_a_name_that_a_spreadsheet_would_run_is_disarmed(name: str) -> None:
    assert cells(FORMATS["csv"].render(made(name), {}))["wijknaam"] == f"'{name}"


def test_a_draw_below_zero_stays_a_number() -> None:
    assert cells(FORMATS["csv"].render(made(), {}))["trekking"] == "-3"


def test_names_with_commas_quotes_and_lines_survive() -> None:
    name = 'a, "b"\r\nc — é'
    assert cells(FORMATS["csv"].render(made(name), {}))["wijknaam"] == name
    assert json.loads(FORMATS["json"].render(made(name), {}))["rijen"][0]["wijknaam"] == name


def test_a_feature_has_the_border_of_its_place_or_none() -> None:
    border = {"type": "Polygon", "coordinates": []}
    render = FORMATS["geojson"].render
    assert json.loads(render(made(), {"WK01": border}))["features"][0]["geometry"] == border
    assert json.loads(render(made(), {}))["features"][0]["geometry"] is None


def test_borders_say_whose_they_are_in_the_head() -> None:
    said = json.loads(FORMATS["geojson"].render(replace(made(), attribution="Kadaster / CBS, 2025"), {}))
    assert said["bron_grenzen"] == "Kadaster / CBS, 2025"
    assert "bron_grenzen" not in json.loads(FORMATS["geojson"].render(made(), {}))


@pytest.mark.parametrize("name", [made.name for made in FORMATS.values() if made.is_reproducible])
def test_the_same_document_gives_the_same_bytes(name: str) -> None:
    assert FORMATS[name].render(made(), {}) == FORMATS[name].render(made(), {})
