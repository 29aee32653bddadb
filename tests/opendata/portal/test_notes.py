"""What is said below figures, where they could be taken for what they are not."""

from opendata.datasets import Dataset
from opendata.disclosure import Dimension, Period
from opendata.disclosure.tables import MONTHLY, YEARLY, Table
from opendata.figures.view import View
from opendata.portal.notes import notes_of


def said(table: Table, by: Dimension | None = None) -> str:
    return " ".join(notes_of(View(Dataset(table), Period.whole_year(2025), by)))


def test_figures_of_a_year_do_not_add_up_to_those_of_months() -> None:
    assert all("los van die van maanden" in said(table) for table in YEARLY)
    assert not any(said(table) for table in MONTHLY)


def test_handling_times_say_why_there_is_no_area() -> None:
    told = {table.name: "Per wijk geven wij dit niet" in said(table) for table in YEARLY}
    assert told == {table.name: Dimension.HANDLING_TIME in table.dimensions for table in YEARLY}
    assert not any(
        Dimension.WIJK in table.dimensions or Dimension.BUURT in table.dimensions
        for table in (*MONTHLY, *YEARLY)
        if Dimension.HANDLING_TIME in table.dimensions
    )


def test_numbers_are_not_taken_for_how_long_it_took() -> None:
    durations = YEARLY[-1]
    assert "niet hoe lang" in said(durations, Dimension.MAIN_CATEGORY)
    assert "niet hoe lang" not in said(durations, Dimension.HANDLING_TIME)
