import io
from typing import Any

from openpyxl import load_workbook

from opendata.formats.xlsx import render_history
from tests.opendata.formats.making import DATASET, two_months


def workbook(**values: Any) -> Any:
    return load_workbook(io.BytesIO(render_history(two_months(**values))))


def test_a_text_is_no_formula_and_a_number_is_a_number() -> None:
    sheet = workbook(categorie="=1+1", trekking=-4)["Cijfers"]
    names = [cell.value for cell in sheet[1]]
    name, draw = (sheet.cell(3, names.index(column) + 1) for column in ("categorie", "trekking"))
    assert (name.value, name.data_type) == ("=1+1", "s")
    assert (draw.value, draw.data_type) == (-4, "n")


def test_what_is_unknown_is_an_empty_cell() -> None:
    sheet = workbook(verwachte_fout_procent=None, voorbehoud="")["Cijfers"]
    names = [cell.value for cell in sheet[1]]
    assert [sheet.cell(3, names.index(name) + 1).value for name in ("verwachte_fout_procent", "voorbehoud")] == [
        None
    ] * 2


def test_the_second_sheet_explains_every_column_in_dutch() -> None:
    sheet = workbook()["Uitleg"]
    words = {name.value: text.value for name, text in sheet.iter_rows(max_col=2)}
    assert {column.name for column in DATASET.columns} <= set(words)
    assert "CC0" in words["licentie"]


def test_the_header_stays_in_sight_and_can_be_filtered() -> None:
    sheet = workbook()["Cijfers"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
