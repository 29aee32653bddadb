"""Figures as programs ask for them: the same numbers as the core gives, and a clear problem for each wrong question."""

import csv
import io
import random
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meldingen.places.models import Area
from opendata.disclosure import Dimension, Period, questions
from opendata.figures.reading import draws
from opendata.models import Release
from tests.factories import Town
from tests.opendata.conftest import APRIL, MAY
from tests.problems import places_of, problem_of, words_of
from tests.sure import sure

FIGURES, COMPARISON = "/data/api/v1/cijfers", "/data/api/v1/vergelijking"
ROWS = {"wijk": "wijkcode", "buurt": "buurtcode", "hoofdcategorie": "hoofdcategoriecode", "categorie": "categoriecode"}


def numbers(row: dict[str, Any]) -> tuple[float, ...]:
    return tuple(row[name] for name in ("trekking", "aantal", "ondergrens", "bovengrens"))


def direct(town: Town, periods: list[Period], where: Any) -> tuple[float, ...]:
    """What the core itself says."""
    first, *rest = (questions.total(one.drawn, where) for one in draws(town.municipality, periods))
    for one in rest:
        first = first + one
    bounds = first.interval()
    return tuple(float(one) for one in (first.value, first.estimate, bounds.lower, bounds.upper))


def test_without_a_question_it_is_the_total_of_the_newest_period(program: Client, open_town: Town) -> None:
    (row,) = program.get(FIGURES).json()["rijen"]
    assert numbers(row) == direct(open_town, [MAY], {})


@pytest.mark.parametrize("table", ["wijk-hoofdcategorie", "buurt", "categorie"])
def test_what_no_other_table_tells_better_is_as_it_was_published(program: Client, table: str) -> None:
    release = Release.objects.get(dataset=f"{table}-per-maand", period="2026-05")
    groups = table.replace("-", ",")
    rows = program.get(f"{FIGURES}?van=2026-05&groep={groups}").json()["rijen"]
    keys = [[row[ROWS[name]] for name in groups.split(",")] for row in rows]
    assert keys == [row[:-4] for row in release.numbers]


def test_random_questions_are_answered_as_the_core_answers_them(program: Client, open_town: Town) -> None:
    grid = draws(open_town.municipality, [MAY])[0].year.grid
    choose = random.Random(7)
    for _number in range(100):
        dimension = choose.choice([Dimension.WIJK, Dimension.BUURT, Dimension.MAIN_CATEGORY, Dimension.CATEGORY])
        known = grid.values(dimension)
        values = tuple(choose.sample(known, choose.randint(1, len(known))))
        periods = choose.choice([[APRIL], [MAY], [APRIL, MAY]])
        asked = {"van": str(periods[0]), "tot": str(periods[-1]), dimension.value: ",".join(values)}
        (row,) = program.get(FIGURES, asked).json()["rijen"]
        assert numbers(row) == direct(open_town, periods, {dimension: values})


def test_periods_are_told_apart_when_asked(program: Client, open_town: Town) -> None:
    rows = program.get(f"{FIGURES}?van=2026-04&tot=2026-05&groep=periode").json()["rijen"]
    assert [row["periode"] for row in rows] == ["2026-04", "2026-05"]
    assert [numbers(row) for row in rows] == [direct(open_town, [one], {}) for one in (APRIL, MAY)]


def test_pages_of_rows_are_the_whole(program: Client) -> None:
    whole = program.get(f"{FIGURES}?groep=categorie").json()
    pages = [program.get(f"{FIGURES}?groep=categorie&pageSize=2&page={page}").json() for page in (1, 2)]
    assert [row for page in pages for row in page["rijen"]] == whole["rijen"][:4]
    assert pages[0]["aantalRijen"] == len(whole["rijen"])


def test_a_comparison_says_the_difference_and_two_sentences(program: Client, open_town: Town) -> None:
    answer = program.get(f"{COMPARISON}?periode=2026-05&metPeriode=2026-04").json()
    may, april = (questions.total(one.drawn) for one in draws(open_town.municipality, [MAY, APRIL]))
    (pair,) = answer["rijen"]
    assert pair["verschil"]["trekking"] == float(may.value - april.value)
    assert (pair["meerDanRuis"], len(answer["oordeel"])) == (not (may - april).is_noise(), 2)
    assert answer["zekerheid"] == pytest.approx(0.9)


def test_the_largest_of_many_pays_for_being_chosen(program: Client) -> None:
    answer = program.get(f"{COMPARISON}?periode=2026-05&metPeriode=2026-04&groep=categorie").json()
    differences = [abs(row["verschil"]["trekking"]) for row in answer["rijen"]]
    assert differences == sorted(differences, reverse=True)
    assert answer["zekerheid"] == pytest.approx(1 - 0.1 / len(differences))


def test_a_part_beside_its_whole_is_refused_with_what_to_do(program: Client, open_town: Town) -> None:
    buurt = open_town.west.code
    answer = program.get(f"{COMPARISON}?periode=2026-05&buurt={buurt}&metBuurt={buurt},{open_town.east.code}")
    assert (answer.status_code, "met de rest" in words_of(answer)[0]) == (400, True)


@pytest.mark.parametrize(
    ("asked", "place", "code"),
    [
        ("kleur=rood", "kleur", "unknown"),
        ("groep=kleur", "groep", "unknown"),
        ("groep=wijk,buurt", "groep", "both"),
        ("buurt=BU00000000", "buurt", "unknown"),
        ("categorie=weg'; DROP TABLE x--", "categorie", "invalid"),
        ("wijk=" + ",".join(f"WK{number:06}" for number in range(10_000)), "wijk", "too_many"),
        ("van=mei", "van", "invalid"),
        ("van=2026-03", "van", "not_released"),
        ("van=2026-05&tot=2026-04", "tot", "unlike_periods"),
        ("van=2025&tot=2026-04", "tot", "unlike_periods"),
        ("van=1900-01&tot=9998-12", "tot", "too_many"),
        ("page=9", "page", "beyond_the_end"),
        ("groep=buurt,categorie", "groep", "no_table"),
    ],
)
def test_a_wrong_question_hears_what_is_wrong(program: Client, asked: str, place: str, code: str) -> None:
    answer = program.get(f"{FIGURES}?{asked}")
    assert (answer.status_code, places_of(answer)) == (400, [place])
    assert problem_of(answer)["errors"][0]["code"] == code


def test_what_is_not_out_yet_says_when_it_can_be(program: Client) -> None:
    assert "2027-02-01" in words_of(program.get(f"{FIGURES}?van=2027-01"))[0]


def test_a_comparison_needs_another_side(program: Client) -> None:
    assert places_of(program.get(f"{COMPARISON}?periode=2026-05")) == ["metPeriode"]


def test_each_side_of_a_comparison_hears_what_is_wrong_with_it(program: Client) -> None:
    assert places_of(program.get(f"{COMPARISON}?periode=2026-05&metPeriode=2026-03")) == ["metPeriode"]
    assert places_of(program.get(f"{COMPARISON}?periode=2026-05&metBuurt=BU00000000")) == ["metBuurt"]


@pytest.mark.parametrize("where", [f"{FIGURES}?", f"{COMPARISON}?periode=2026-05&metPeriode=2026-04&"])
def test_what_excludes_each_other_has_no_rows(program: Client, open_town: Town, where: str) -> None:
    year = draws(open_town.municipality, [MAY])[0].year.grid
    belongs = year.parents(Dimension.CATEGORY, Dimension.MAIN_CATEGORY)
    category, main = next((one, other) for one in belongs for other in belongs.values() if other != belongs[one])
    answer = program.get(f"{where}groep=categorie&categorie={category}&hoofdcategorie={main}")
    assert (answer.status_code, problem_of(answer)["errors"][0]["code"]) == (400, "excluded")


def test_without_releases_there_is_a_word(db: None, town: Town) -> None:
    answer = Client(headers={"host": town.host}).get(FIGURES)
    assert (answer.status_code, "nog niets gepubliceerd" in words_of(answer)[0]) == (404, True)


def test_the_neighbour_has_figures_of_their_own(program: Client, town: Town) -> None:
    assert Client(headers={"host": town.host}).get(f"{FIGURES}?van=2026-05").status_code == 400


def test_the_datasets_are_listed(program: Client) -> None:
    found = program.get("/data/api/v1/datasets").json()["datasets"]
    assert [(one["dataset"], one["periodes"]) for one in found] == [
        ("buurt-per-maand", 2), ("categorie-per-maand", 2), ("wijk-hoofdcategorie-per-maand", 2),
    ]  # fmt: skip


def test_a_question_is_a_few_statements_however_much_it_asks(program: Client) -> None:
    for asked in ("", "?van=2026-04&tot=2026-05&groep=periode,wijk,hoofdcategorie"):
        program.get(FIGURES + asked)
        with CaptureQueriesContext(connection) as statements:
            assert program.get(FIGURES + asked).status_code == 200
        assert len(statements) <= 10


def test_a_spreadsheet_reads_the_same_rows(program: Client) -> None:
    answer = program.get(f"{FIGURES}?groep=wijk,hoofdcategorie&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    same = program.get(f"{FIGURES}?groep=wijk,hoofdcategorie").json()["rijen"]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert rows == [
        {name: str(value) for name, value in row.items()} | {"voorbehoud": "te onzeker voor conclusies"} for row in same
    ]


def test_a_spreadsheet_gets_all_or_hears_that_it_does_not(program: Client) -> None:
    asked = f"{FIGURES}?groep=wijk,hoofdcategorie&format=csv&pageSize=2"
    assert program.get(asked).json()["errors"][0]["code"] == "too_many"
    assert len(program.get(f"{asked}&page=1").text.splitlines()) == 3


def test_what_is_in_words_is_kept_for_who_reads_that_language(program: Client) -> None:
    answer = program.get(FIGURES.replace("cijfers", "datasets"), headers={"accept-language": "en"})
    assert "public" not in answer["Cache-Control"]
    assert "Accept-Language" in answer["Vary"]


def test_a_count_is_a_whole_number(program: Client) -> None:
    text = program.get(f"{FIGURES}?groep=buurt").text
    assert '"aantal":' in text
    assert not re.search(r'"(aantal|ondergrens|bovengrens)":-?[0-9]+\.0', text)


def test_several_periods_are_compared_as_sums_with_as_many_others(program: Client, open_town: Town) -> None:
    rows = program.get(f"{FIGURES}?van=2026-04&groep=categorie").json()["rijen"]
    slugs = [row["categoriecode"] for row in rows[:2]]
    asked = {"periode": "2026-04", "tot": "2026-05", "categorie": slugs[0], "metCategorie": slugs[1]}
    answer = program.get(COMPARISON, asked).json()
    (pair,) = answer["rijen"]
    for side, slug in zip(("een", "ander"), slugs, strict=True):
        assert numbers(pair[side]) == direct(open_town, [APRIL, MAY], {Dimension.CATEGORY: [slug]})
    assert "2026-04 – 2026-05" in answer["oordeel"][0]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("periode=2026-04&tot=2026-05&metPeriode=2026-03", "metPeriode"),
        ("periode=2026-05&metPeriode=2026-03&metTot=2026-04", "metTot"),
        ("periode=2026-05&metTot=2026-04", "metTot"),
        ("periode=2026-05&tot=2026-04&metPeriode=2026-03", "tot"),
    ],
)
def test_unlike_numbers_of_periods_are_not_compared(program: Client, query: str, place: str) -> None:
    assert place in places_of(program.get(f"{COMPARISON}?{query}"))


@pytest.fixture
def people(open_town: Town) -> None:
    """A thousand people and 400 households live in the west, in the east 200 and 100."""
    for area, inhabitants, households in ((open_town.west, 1000, 400), (open_town.east, 200, 100)):
        Area.objects.filter(code=area.code).update(inhabitants=inhabitants, households=households)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(("measure", "number"), [("inwoners", 1000), ("huishoudens", 400)])
def test_a_rate_is_what_the_core_gives_and_unknown_stays_unknown(
    program: Client, open_town: Town, measure: str, number: int
) -> None:
    rows = program.get(f"{FIGURES}?groep=buurt&maat={measure}").json()["rijen"]
    (may,) = draws(open_town.municipality, [MAY])
    west = questions.total(may.drawn, {Dimension.BUURT: [open_town.west.code]})
    rate = sure(questions.rate_among(west, 1000, number))
    of_code = {row["buurtcode"]: row for row in rows}
    assert of_code[open_town.west.code]["trekking"] == pytest.approx(float(rate.value))
    assert of_code[open_town.west.code]["bovengrens"] == pytest.approx(float(rate.interval().upper))
    unknown = {number for code in (open_town.east.code, "overig") for number in numbers(of_code[code])}
    assert unknown == {None}
    assert {row["maat"] for row in rows} == {measure}


@pytest.mark.usefixtures("people")
def test_areas_together_are_divided_by_all_who_live_in_them(program: Client, open_town: Town) -> None:
    both = f"{open_town.west.code},{open_town.east.code}"
    (counted,), (rate,) = (
        program.get(f"{FIGURES}?buurt={both}&maat={one}").json()["rijen"] for one in ("aantal", "inwoners")
    )
    assert rate["aantal"] == pytest.approx(counted["aantal"] / 1.2)


@pytest.mark.usefixtures("people")
def test_rates_are_compared_where_both_are_known(program: Client, open_town: Town) -> None:
    asked = f"{COMPARISON}?periode=2026-05&metPeriode=2026-04&groep=buurt&maat=inwoners"
    (pair,) = program.get(asked).json()["rijen"]
    assert pair["buurtcode"] == open_town.west.code
    unknown = program.get(f"{COMPARISON}?periode=2026-05&metPeriode=2026-04&maat=inwoners&buurt={open_town.east.code}")
    assert (places_of(unknown), problem_of(unknown)["errors"][0]["code"]) == (["maat"], "unknown")


def test_periods_that_were_not_registered_alike_are_not_judged(program: Client, open_town: Town) -> None:
    gap = {"first_day": date(2026, 4, 3), "last_day": date(2026, 4, 4)}
    open_town.municipality.gaps.create(municipality=open_town.municipality, **gap)
    answer = program.get(f"{COMPARISON}?periode=2026-05&metPeriode=2026-04").json()
    assert [(one["meerDanRuis"], one["kans"]) for one in answer["rijen"]] == [(None, None)]
    assert [words.split(" zijn ")[0] for words in answer["oordeel"]] == ["Op 2 dagen van april 2026"]


def test_numbers_of_two_areas_are_shown_and_not_judged(program: Client, open_town: Town) -> None:
    beside = f"{COMPARISON}?periode=2026-04&buurt={open_town.west.code}&metBuurt={open_town.east.code}"
    answer = program.get(beside).json()
    assert [(one["meerDanRuis"], one["kans"]) for one in answer["rijen"]] == [(None, None)]
    assert [words.split(" zeggen ")[0] for words in answer["oordeel"]] == ["Aantallen van twee gebieden"]
