"""What a view shows is what the privacy core answers."""

import random
from collections.abc import Callable
from fractions import Fraction
from urllib.parse import parse_qsl

import pytest

from opendata.disclosure import REST, Dimension, Period, questions
from opendata.figures.asking import CannotAnswer
from opendata.figures.reading import Shelf, draws
from opendata.figures.seeing import Number, Sight, see
from opendata.figures.view import Choices, View
from opendata.portal.controls import link_of
from tests.factories import Town
from tests.opendata.conftest import APRIL, MAY
from tests.opendata.figures.conftest import DECEMBER, Look

See = Callable[..., Sight]
BUURTEN, SUBJECTS, BOTH = "buurt-per-maand", "categorie-per-maand", "wijk-hoofdcategorie-per-maand"


def random_view(look: Look, choose: random.Random) -> tuple[View, Choices]:
    dataset = choose.choice([BUURTEN, SUBJECTS, BOTH])
    _view, choices = look(dataset)
    query = {"periode": str(choose.choice([APRIL, MAY])), "toon": choose.choice(["grafiek", "kaart", "tabel"])}
    if choices.areas and choose.random() < 0.5:
        query["gebied"] = choose.choice(list(choices.areas))
    if choices.categories and choose.random() < 0.5:
        query["onderwerp"] = choose.choice(list(choices.categories))
    query["per"] = choose.choice(["periode", *(str(one) for one in choices.bys if one)])
    if choose.random() < 0.3:
        query["met"] = str(APRIL if query["periode"] == str(MAY) else MAY)
    return look(dataset, **query)


def direct(town: Town, view: View, choices: Choices, key: str) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """The number of a row, asked of the core itself."""
    period = Period.parse(key) if view.by is None else view.period
    where = dict(choices.where(view)) | ({} if view.by is None else {view.by: (key,)})
    found = questions.total(draws(town.municipality, [period])[0].drawn, where)
    bounds = found.interval()
    return found.value, found.estimate, bounds.lower, bounds.upper


def shown(number: Number | None) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    assert number is not None
    bounds = number.interval
    return number.quantity.value, number.quantity.estimate, bounds.lower, bounds.upper


@pytest.mark.parametrize("number", [100, pytest.param(1000, marks=pytest.mark.slow)])
def test_random_views_are_what_the_core_answers(look: Look, seen_town: Town, number: int) -> None:
    choose = random.Random(number)
    for _time in range(number):
        view, choices = random_view(look, choose)
        row = choose.choice(see(Shelf(seen_town.municipality), view, choices).rows)
        assert shown(row.mine) == direct(seen_town, view, choices, row.key)


def test_a_verdict_is_of_the_two_numbers_and_no_others(sight: See, seen_town: Town) -> None:
    found = sight(SUBJECTS, onderwerp="dumping", met="2026-04")
    may, april = (
        questions.total(one.drawn, {Dimension.CATEGORY: ["dumping"]})
        for one in draws(seen_town.municipality, [MAY, APRIL])
    )
    assert found.verdict is not None
    assert found.verdict.difference == may - april
    assert found.verdict.is_noise == (may - april).is_noise()


def test_the_largest_of_many_differences_pays_for_being_chosen(sight: See) -> None:
    found = sight(SUBJECTS, per="categorie", met="2026-04")
    differences = [abs(row.verdict.difference.value) for row in found.rows if row.verdict and not row.is_rest]
    assert differences == sorted(differences, reverse=True)
    assert found.verdict is not None
    assert found.verdict.level == pytest.approx(1 - 0.1 / len(found.rows))


@pytest.mark.parametrize("dataset", [SUBJECTS, BUURTEN, BOTH])
def test_the_page_of_a_row_gives_the_verdict_of_its_list(sight: See, look: Look, dataset: str) -> None:
    for row in (listed := sight(dataset, met="2026-04")).rows:
        query = dict(parse_qsl(link_of(row, listed.view)))
        if query and row.verdict is not None:
            alone = sight(dataset, **query).verdict
            assert alone is not None
            assert (alone.level, alone.is_noise) == (row.verdict.level, row.verdict.is_noise)


def test_a_cell_has_the_bounds_with_which_it_was_published(sight: See, seen_town: Town) -> None:
    rows = {row.key: row for row in sight(BUURTEN).rows}
    for cell in draws(seen_town.municipality, [MAY])[0].drawn["buurt"].cells:
        number = rows[cell.key[0]].mine
        assert number is not None
        assert (int(number.interval.lower), int(number.interval.upper)) == (cell.ondergrens, cell.bovengrens)


def test_rows_are_in_order_and_what_is_no_place_comes_last(sight: See) -> None:
    rows = sight(BUURTEN).rows
    assert [row.key for row in rows if row.is_rest] == [rows[-1].key] == [REST]
    numbers = [row.mine.quantity.estimate for row in rows[:-1] if row.mine]
    assert numbers == sorted(numbers, reverse=True)


def test_other_borders_are_left_out_of_a_line_and_that_is_said(sight: See, seen_town: Town) -> None:
    town, west = sight(BUURTEN, per="periode"), sight(BUURTEN, gebied=seen_town.west.code)
    assert [row.key for row in town.rows] == [str(DECEMBER), str(APRIL), str(MAY)]
    assert [row.key for row in west.rows] == [str(APRIL), str(MAY)]
    assert (len(town.notes), len(west.notes)) == (0, 1)


@pytest.mark.parametrize("query", [{"per": "buurt"}, {"per": "periode", "gebied": "west"}])
def test_unlike_borders_are_not_compared(sight: See, seen_town: Town, query: dict[str, str]) -> None:
    asked = {name: value.replace("west", seen_town.west.code) for name, value in query.items()}
    with pytest.raises(CannotAnswer) as refusal:
        sight(BUURTEN, met=str(DECEMBER), **asked)
    assert refusal.value.wrong["met"][0] == "unlike_borders"


def test_a_part_is_not_compared_with_what_it_lies_in(sight: See, seen_town: Town) -> None:
    with pytest.raises(CannotAnswer) as refusal:
        sight(BUURTEN, gebied=seen_town.west.code, met=seen_town.wijk.code)
    assert refusal.value.wrong["met"][0] == "overlap"


def test_a_rate_is_the_number_by_who_lives_there(sight: See, seen_town: Town) -> None:
    rows = {row.key: row for row in sight(BUURTEN, maat="inwoners").rows}
    counted = {row.key: row for row in sight(BUURTEN).rows}
    west, plain = rows[seen_town.west.code].mine, counted[seen_town.west.code].mine
    assert west is not None
    assert plain is not None
    assert west.quantity == plain.quantity.times(Fraction(1000, 1000))
    assert rows[seen_town.east.code].mine is rows[REST].mine is None


def test_nothing_is_divided_by_what_is_unknown(sight: See, seen_town: Town) -> None:
    with pytest.raises(CannotAnswer) as refusal:
        sight(BUURTEN, gebied=seen_town.east.code, maat="inwoners")
    assert refusal.value.wrong["maat"][0] == "unknown"


@pytest.mark.parametrize(
    ("query", "beside"),
    [({}, [None, "2025-12", "2026-04"]), ({"met": "2026-04"}, ["2026-04", None, "2026-04"])],
)
def test_each_row_of_a_line_stands_beside_the_period_that_it_is_compared_with(
    sight: See, query: dict[str, str], beside: list[str | None]
) -> None:
    found = sight(SUBJECTS, per="periode", **query)
    assert [row.beside and str(row.beside) for row in found.rows] == beside
    assert found.verdict is not None
    for row in (row for row in found.rows if row.beside):
        other = next(one for one in found.rows if one.key == str(row.beside))
        assert row.verdict is not None
        assert shown(row.theirs) == shown(other.mine)
        assert row.verdict.difference.value == shown(row.mine)[0] - shown(other.mine)[0]


def test_the_rest_of_the_town_is_every_other_place(sight: See, seen_town: Town) -> None:
    found = sight(BUURTEN, gebied=seen_town.west.code, met="rest", maat="inwoners")
    east = questions.total(draws(seen_town.municipality, [MAY])[0].drawn, {Dimension.BUURT: [seen_town.east.code]})
    assert found.last.theirs is not None
    assert found.last.theirs.quantity.value == east.value * Fraction(1000, 4000)
