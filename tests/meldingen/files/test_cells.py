from pathlib import Path

import pytest
from django.utils import translation

from meldingen.files.cells import MOST_LISTED, broken, number, refuse_bad_slug, refuse_twice, tell_changes
from meldingen.files.reading import BrokenFile
from meldingen.languages import Texts
from meldingen.tenancy.models import Team
from tests.factories import CategoryFactory, Town

PATH = Path("teams.csv")


@pytest.mark.parametrize(("cell", "value"), [("", None), ("0", 0), ("9999", 9999), ("007", 7)])
def test_a_number_has_at_most_four_digits(cell: str, value: int | None) -> None:
    assert number(PATH, 2, "dagen", cell) == value


@pytest.mark.parametrize("cell", ["10000", "-1", "1.5", "x", "²", " 1"])
def test_what_is_no_such_number_is_refused_where_it_stands(cell: str) -> None:
    with translation.override("en"), pytest.raises(BrokenFile, match=r"teams\.csv, line 2, column dagen"):
        number(PATH, 2, "dagen", cell)


@pytest.mark.parametrize("code", ["", "-a", "Groen", "gro en", "a" * 81])
def test_a_code_is_small_letters_figures_and_hyphens(code: str) -> None:
    refuse_bad_slug(PATH, 2, "slug", "a" * 80)
    with pytest.raises(BrokenFile):
        refuse_bad_slug(PATH, 2, "slug", code)


def test_what_may_stand_once_is_refused_the_second_time_with_the_line_of_the_first() -> None:
    lines: dict[str, int] = {}
    refuse_twice(PATH, 2, "slug", "groen", lines)
    refuse_twice(PATH, 3, "slug", "wegen", lines)
    with translation.override("en"), pytest.raises(BrokenFile, match=r"line 4.*stands on line 2 already"):
        refuse_twice(PATH, 4, "slug", "groen", lines)


def test_where_few_things_may_be_said_they_are_listed_and_many_are_cut_off() -> None:
    with translation.override("en"):
        assert str(broken(PATH, 2, "team", "x", ["groen"])).endswith("There are: groen.")
        many = str(broken(PATH, 2, "team", "x", map(str, range(MOST_LISTED + 1))))
        assert (f"{MOST_LISTED - 1}, …" in many, f" {MOST_LISTED}" in many) == (True, False)


def test_only_what_changes_of_a_row_that_was_there_is_told(town: Town) -> None:
    lines: list[str] = []
    with translation.override("en"):
        tell_changes(lines.append, town.cleaning, "reiniging", {"name": "Schoon", "email": town.cleaning.email}, {})
        tell_changes(lines.append, Team(), "nieuw", {"name": "Nieuw"}, {})
    assert lines == ["reiniging, name: “Reiniging” becomes “Schoon”"]


def test_a_text_in_two_languages_is_told_by_language_and_a_long_one_is_cut_off(db: None) -> None:
    category = CategoryFactory.create(name_texts=Texts(nl="Gat", en="Hole"))
    lines: list[str] = []
    with translation.override("en"):
        tell_changes(
            lines.append, category, "gat", {"name_texts": Texts(nl="x" * 50, en="Hole")}, {"name_texts": "naam"}
        )
    assert lines == [f"gat, naam_nl: “Gat” becomes “{'x' * 39}…”"]
