from pathlib import Path

import pytest
from django.utils import translation

from meldingen.files.reading import BrokenFile
from meldingen.places.loading.rows import NOWHERE, PlacedRow, read_placed

COLUMNS = {"number": ("nummer", "id"), "label": ("naam",)}


def rows(tmp_path: Path, text: str) -> list[PlacedRow]:
    path = tmp_path / "lampen.csv"
    path.write_text(text)
    with translation.override("en"):
        return list(read_placed(path, COLUMNS, ["number"]))


def test_a_row_says_by_our_names_what_the_file_calls_otherwise(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "ID,x,y\n12,85500,436500\n")
    assert (row.line, row.values, row.names["number"], row.xy) == (
        2,
        {"number": "12", "label": ""},
        "id",
        (85500, 436500),
    )


def test_the_first_name_that_fits_counts(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "id,nummer,x,y\n1,2,85500,436500\n")
    assert row.values["number"] == "2"


@pytest.mark.parametrize("header", ["lon,lat", "longitude,latitude"])
def test_degrees_become_metres(tmp_path: Path, header: str) -> None:
    (row,) = rows(tmp_path, f"nummer,{header}\n1,4.3971,51.9194\n")
    assert row.xy == pytest.approx((85_530, 436_800), abs=2_000)


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [("x,436500", "x", "no number"), ("85500,", "y", "no number"), ("inf,436500", "x", "no place in the Netherlands")],
)
def test_a_place_that_is_none_is_said_at_its_column(tmp_path: Path, cells: str, column: str, words: str) -> None:
    (row,) = rows(tmp_path, f"nummer,x,y\n1,{cells}\n")
    assert (row.column, row.wrong, row.xy) == (column, words, NOWHERE)


def test_degrees_that_are_nowhere_are_no_place(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "nummer,lon,lat\n1,4.4,91\n")
    assert row.wrong == "no place in the Netherlands"


@pytest.mark.parametrize(
    ("text", "words"),
    [("naam,x,y\nLamp,1,2\n", "column nummer is missing"), ("nummer,naam\n1,Lamp\n", "columns x and y")],
)
def test_a_file_without_a_column_that_is_needed_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BrokenFile, match=words):
        rows(tmp_path, text)
