"""A sentence on top is never stronger than the interval below it."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from django.utils import translation

from opendata.disclosure import Dimension
from opendata.disclosure.grid import HANDLING_TIMES
from opendata.figures.finding import _of_span, _of_sums, _other_tale, bounds_in_words, counted_in_words, finding
from opendata.figures.seeing import Number, Sight
from tests.factories import Town
from tests.opendata.conftest import APRIL
from tests.opendata.figures.conftest import Look
from tests.opendata.figures.test_spans import line, two_areas
from tests.opendata.figures.test_verdict import counted, verdict
from tests.sure import sure

See = Callable[..., Sight]
DAY, LATER = HANDLING_TIMES[0][0], HANDLING_TIMES[-1][0]
SUBJECTS, BUURTEN = "categorie-per-maand", "buurt-per-maand"


@pytest.fixture(autouse=True)
def in_dutch() -> object:
    with translation.override("nl"):
        yield


def told(sight: See, look: Look, one: int, other: int, **query: str) -> tuple[str, tuple[str, ...]]:
    """The finding of a view whose numbers came out so."""
    found = sight(SUBJECTS, onderwerp="dumping", **query)
    mine = Number(counted(one, "one"), counted(one, "one"))
    changed = replace(found, rows=(*found.rows[:-1], replace(found.last, mine=mine)), verdict=verdict(one, other))
    said = finding(changed, look(SUBJECTS)[1])
    return said.headline, said.sentences


@pytest.mark.parametrize(
    ("one", "other", "headline"),
    [
        (90, 22, "In mei 2026 meer meldingen over Dumping dan in april 2026: 90 tegen 22"),
        (22, 90, "In mei 2026 minder meldingen over Dumping dan in april 2026: 22 tegen 90"),
        (36, 22, "In mei 2026 ongeveer 36 meldingen over Dumping, in april 2026 22: het kan goed toeval zijn"),
        (23, 22, "In mei 2026 ongeveer 23 meldingen over Dumping: geen verschil te zien met april 2026 (22)"),
    ],
)
def test_a_difference_is_only_named_when_it_is_more_than_our_noise(
    sight: See, look: Look, one: int, other: int, headline: str
) -> None:
    said, sentences = told(sight, look, one, other)
    assert said == headline
    assert sentences[0] == f"Het echte aantal ligt 9 van de 10 keer tussen {one - 8} en {one + 8}."


@pytest.mark.parametrize(
    ("draw", "estimate", "is_said"), [(40, 40, False), (40, 42, False), (40, 44, True), (40, 36, True), (5, 1, False)]
)
def test_a_number_far_from_the_middle_of_its_bounds_says_why(
    sight: See, look: Look, draw: int, estimate: int, is_said: bool
) -> None:
    found = sight(SUBJECTS, onderwerp="dumping")
    quantity = replace(counted(draw, "one"), estimate=Fraction(estimate))
    row = replace(found.last, mine=Number(quantity, quantity))
    said = finding(replace(found, rows=(*found.rows[:-1], row)), look(SUBJECTS)[1])
    assert any("niet in het midden" in each for each in said.sentences) == is_said


def test_how_many_of_a_hundred_were_handled_soon_stands_beside_those_of_before(sight: See, look: Look) -> None:
    found = sight(SUBJECTS, per="categorie", met="2026-04")
    bands = ((DAY, 60, 50), (LATER, 40, 150))
    rows = tuple(
        replace(found.rows[0], key=key, mine=Number(counted(mine, key), counted(mine, key)),
                theirs=Number(counted(theirs, key), counted(theirs, key)))
        for key, mine, theirs in bands
    )  # fmt: skip
    view = replace(found.view, by=Dimension.HANDLING_TIME)
    for missing_days in ({}, {APRIL: 3}):
        said = finding(replace(found, view=view, rows=rows, missing_days=missing_days), look(SUBJECTS)[1])
        assert "Binnen een week: 60 van de 100 in mei 2026, 25 van de 100 bij april 2026." in said.sentences


def test_a_comparison_ends_in_the_two_sentences(sight: See, look: Look) -> None:
    _headline, sentences = told(sight, look, 36, 22)
    assert sentences[1:] == (
        "Het verschil is +14 (+3 tot +25): het echte verschil ligt 9 van de 10 keer tussen deze grenzen.",
        "Er waren meer meldingen: ongeveer 36 (mei 2026) tegen 22 (april 2026) (meer dan onze ruis).",
        "Maar zo’n verschil komt bij deze aantallen ongeveer 1 op de 6 keer vanzelf voor: het kan goed toeval zijn.",
    )


def test_what_no_month_shows_is_said_where_a_year_shows_it() -> None:
    (said,) = _of_sums(replace(line(), verdict=verdict(22, 22)))
    assert said.startswith("Opgeteld is het wel te zien: dit jaar tot nu toe waren er meer dan een jaar eerder, +100 (")
    assert list(_of_sums(replace(line(), verdict=verdict(90, 22)))) == []


@pytest.mark.parametrize(
    ("mine", "theirs", "last", "headline"),
    [
        (50, 50, (90, 22), "meldingen, de laatste 12 maanden: geen duidelijk verschil met Noord (640 tegen 572)"),
        (60, 40, (50, 50), "dit jaar tot nu toe meer meldingen dan Noord: 590 tegen 410"),
        (40, 60, (90, 40), "de laatste 12 maanden minder meldingen dan Noord: 530 tegen 700"),
    ],
)
def test_the_headline_says_both_where_a_month_and_a_year_tell_another_tale(
    mine: int, theirs: int, last: tuple[int, int], headline: str
) -> None:
    span = sure(_other_tale(two_areas(mine, theirs, last)))
    assert _of_span(span, "meldingen", two_areas(mine, theirs, last)).startswith(headline)


def test_where_they_tell_the_same_the_month_is_enough() -> None:
    assert _other_tale(two_areas(60, 40, (90, 40))) is None
    assert _other_tale(two_areas(50, 50, (50, 50))) is None


def test_numbers_of_two_areas_are_not_judged(sight: See, look: Look, seen_town: Town) -> None:
    found = sight(BUURTEN, gebied=seen_town.west.code, met="rest")
    said = finding(found, look(BUURTEN)[1])
    assert "ruis" not in " ".join((said.headline, *said.sentences))
    assert "Vergelijk per 1.000 inwoners" in " ".join(said.sentences), said


def test_the_largest_difference_is_said_with_its_name(sight: See, look: Look) -> None:
    found = sight(BUURTEN, met="2026-04")
    said = finding(replace(found, verdict=verdict(90, 22)), look(BUURTEN)[1])
    assert said.sentences[0].startswith(f"Het verschil bij {found.rows[0].name} is +68")


def test_what_stands_on_top_may_do_so_by_chance(sight: See, look: Look) -> None:
    found = sight(BUURTEN)
    close = finding(replace(found, verdict=verdict(23, 22)), look(BUURTEN)[1])
    far = finding(replace(found, verdict=verdict(90, 22)), look(BUURTEN)[1])
    assert close.headline.startswith("Welke buurt in mei 2026 de meeste meldingen had, is niet zeker")
    assert any("balken die elkaar niet raken" in one for one in close.sentences)
    assert far.headline.startswith("De meeste meldingen in mei 2026")
    assert all("toeval" in one.sentences[0] for one in (close, far))


def test_a_rate_comes_with_a_warning(sight: See, look: Look, seen_town: Town) -> None:
    view, choices = look(BUURTEN, gebied=seen_town.west.code, maat="inwoners")
    said = finding(sight(BUURTEN, gebied=seen_town.west.code, maat="inwoners"), choices)
    assert "Meer meldingen betekent niet altijd meer problemen" in said.sentences[-2]
    assert counted_in_words(view, choices) == f"meldingen per 1.000 inwoners in {seen_town.west.name}"


def test_what_has_no_number_is_said(sight: See, look: Look) -> None:
    said = finding(sight(BUURTEN, maat="inwoners"), look(BUURTEN, maat="inwoners")[1])
    assert any("minder dan 300" in one for one in said.sentences)


def test_periods_that_were_not_registered_alike_are_not_compared_in_words(sight: See, look: Look) -> None:
    found = replace(sight(SUBJECTS, onderwerp="dumping"), verdict=verdict(90, 22), missing_days={APRIL: 3})
    through_time = finding(found, look(SUBJECTS)[1])
    assert through_time.headline.endswith("niet te vergelijken")
    assert any("Op 3 dagen van april 2026" in one for one in through_time.sentences)
    assert not any("ruis" in one for one in through_time.sentences)
    beside = replace(sight(SUBJECTS, met="2026-04"), verdict=verdict(90, 22), missing_days={APRIL: 3})
    assert finding(beside, look(SUBJECTS)[1]).headline.endswith("niet te vergelijken")


def test_what_was_chosen_from_a_list_is_said(sight: See, look: Look) -> None:
    query = {"onderwerp": "dumping", "met": "2026-04", "gekozen": "categorie"}
    said = finding(sight(SUBJECTS, **query), look(SUBJECTS, **query)[1])
    assert any("gekozen uit een lijst van" in one for one in said.sentences)


def test_bounds_are_as_exact_as_their_number() -> None:
    rate = counted(36, "one").times(Fraction(1, 10))
    assert bounds_in_words(Number(rate, rate)) == "2,8 tot 4,4"
