"""A view is an address, and an address is a view or says why not."""

import pytest
from django.http import QueryDict

from opendata.disclosure import Dimension
from opendata.figures.view import Measure, Shape, WrongView, asked
from tests.factories import Town
from tests.opendata.conftest import APRIL
from tests.opendata.figures.conftest import Look

BUURTEN, SUBJECTS = "buurt-per-maand", "categorie-per-maand"


def test_without_a_question_all_rows_of_the_newest_period_are_shown(look: Look) -> None:
    view, choices = look(BUURTEN)
    assert (view.by, view.period, view.shape) == (Dimension.BUURT, choices.periods[-1], Shape.CHART)


def test_what_is_chosen_is_shown_through_time(look: Look, seen_town: Town) -> None:
    assert look(BUURTEN, gebied=seen_town.west.code)[0].by is None
    assert look(SUBJECTS, onderwerp="dumping")[0].by is None


def test_where_one_row_would_be_left_it_is_shown_through_time(look: Look, seen_town: Town) -> None:
    assert look(BUURTEN, gebied=seen_town.west.code, per="buurt")[0].by is None
    assert look(BUURTEN, gebied=seen_town.wijk.code, per="buurt")[0].by is Dimension.BUURT


def test_an_address_of_a_view_leads_to_that_view(look: Look, seen_town: Town) -> None:
    asked_for = {"gebied": seen_town.west.code, "periode": "2026-04", "maat": "inwoners", "met": "rest"}
    view, _choices = look(BUURTEN, toon="tabel", **asked_for)
    again = {name: value for name, value in QueryDict(view.query()).items() if isinstance(value, str)}
    assert look(BUURTEN, **again)[0] == view
    assert (view.period, view.measure, view.against, view.shape) == (
        APRIL, Measure.PER_INHABITANT, "rest", Shape.TABLE,
    )  # fmt: skip


def test_a_map_is_of_areas_alone(look: Look) -> None:
    assert look(SUBJECTS, toon="kaart")[0].shape is Shape.CHART


@pytest.mark.parametrize(
    ("dataset", "query", "name"),
    [
        (BUURTEN, {"kleur": "rood"}, "kleur"),
        (BUURTEN, {"gebied": "BU00000000"}, "gebied"),
        (BUURTEN, {"gebied": "x'; DROP TABLE y--"}, "gebied"),
        (BUURTEN, {"onderwerp": "dumping"}, "onderwerp"),
        (BUURTEN, {"per": "categorie"}, "per"),
        (BUURTEN, {"toon": "taart"}, "toon"),
        (BUURTEN, {"maat": "kilo"}, "maat"),
        (BUURTEN, {"periode": "mei"}, "periode"),
        (BUURTEN, {"met": "rest"}, "met"),
        (BUURTEN, {"met": "2026-05"}, "met"),
        (BUURTEN, {"met": "2026"}, "met"),
        (BUURTEN, {"met": "2024-05"}, "met"),
        (SUBJECTS, {"maat": "inwoners"}, "maat"),
        (SUBJECTS, {"onderwerp": "nergens"}, "onderwerp"),
        (SUBJECTS, {"gebied": "WK000000"}, "gebied"),
    ],
)
def test_a_wrong_choice_is_named(look: Look, dataset: str, query: dict[str, str], name: str) -> None:
    with pytest.raises(WrongView) as refusal:
        look(dataset, **query)
    assert list(refusal.value.wrong) == [name]


def test_an_area_is_not_compared_with_itself(look: Look, seen_town: Town) -> None:
    with pytest.raises(WrongView):
        look(BUURTEN, gebied=seen_town.west.code, met=seen_town.west.code)


def test_where_there_is_no_other_area_there_is_no_rest(look: Look, seen_town: Town) -> None:
    with pytest.raises(WrongView):
        look("wijk-hoofdcategorie-per-maand", gebied=seen_town.wijk.code, met="rest")


def test_two_values_of_one_choice_are_refused() -> None:
    with pytest.raises(WrongView):
        asked({"gebied": ["a"] * 10_000})


def test_what_others_hang_onto_an_address_asks_nothing() -> None:
    assert asked({"utm_source": ["krant"], "fbclid": ["x"], "per": ["periode"], "met": [""]}) == {"per": "periode"}
