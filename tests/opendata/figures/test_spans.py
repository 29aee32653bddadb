"""Periods added up, each beside the one a year before."""

from dataclasses import replace
from fractions import Fraction

from opendata.datasets import DECLARED, Dataset
from opendata.disclosure import Period, PeriodKind
from opendata.disclosure.intervals import Quantity
from opendata.figures.seeing import Number, Row, Sight
from opendata.figures.spans import Span, spans_of
from opendata.figures.verdict import Verdict
from opendata.figures.view import Measure, View
from tests.opendata.figures.test_verdict import counted

LAST = Period.month(2026, 10)


def line(
    number: int = 24, without: tuple[str, ...] = (), marked: tuple[str, ...] = (), area: str = "", against: str = ""
) -> Sight:
    """Months up to October 2026: 60 in each of 2026, 50 in each before."""
    months = [Period.month(2026 - back // 12, 12 - back % 12) for back in range(36)]
    months = sorted(one for one in months if one <= LAST)[-number:]
    rows = []
    for one in months:
        if str(one) not in without:
            quantity = counted(60 if one.year == 2026 else 50, str(one))
            days = 3 if str(one) in marked else 0
            rows.append(Row({}, str(one), str(one), "", Number(quantity, quantity), None, None, days))
    view = View(Dataset(DECLARED[1]), LAST, area=area, against=against)
    return Sight(view, tuple(rows), ())


def estimates(span: Span) -> tuple[int, int]:
    return int(span.mine.quantity.estimate), int(span.theirs.quantity.estimate)


def test_this_year_so_far_and_the_last_twelve_months_stand_beside_those_of_a_year_before() -> None:
    so_far, year = spans_of(line())
    assert (len(so_far.periods), *estimates(so_far)) == (10, 600, 500)
    assert (len(year.periods), *estimates(year)) == (12, 700, 600)
    assert (str(so_far.earlier[0]), str(year.earlier[0])) == ("2025-01", "2024-11")
    assert year.verdict.difference.value == 100


def test_a_sum_has_the_bounds_of_the_core() -> None:
    span = spans_of(line())[1]
    rows = [row.mine.quantity for row in line().rows[-12:] if row.mine]
    assert span.mine.interval == Quantity.together(rows).interval()


def test_a_month_that_is_not_there_or_not_complete_counts_on_neither_side() -> None:
    for sight in (line(without=("2025-05",)), line(marked=("2025-05",)), line(marked=("2026-05",))):
        so_far = spans_of(sight)[0]
        assert (len(so_far.periods), len(so_far.earlier), so_far.absent) == (9, 9, (Period.month(2026, 5),))
        assert len(so_far.sentences) == 3
        assert so_far.mine.quantity.estimate - so_far.theirs.quantity.estimate == Fraction(90)


def test_a_sum_names_what_is_not_in_it() -> None:
    so_far = spans_of(line(marked=("2026-05",)))[0]
    assert so_far.names == (
        "januari 2026 tot en met oktober 2026 zonder mei 2026", "januari 2025 tot en met oktober 2025 zonder mei 2025",
    )  # fmt: skip
    assert so_far.sentences[-1].startswith("Mei 2026 telt in beide jaren niet mee")


def test_a_sum_of_few_of_the_months_that_its_name_promises_is_none() -> None:
    months = tuple(f"2025-{number:02}" for number in range(1, 7))
    (year,) = spans_of(line(without=months[:3]))
    assert year.name == "De laatste 12 maanden"
    assert spans_of(line(without=months)) == []


def two_areas(
    mine: int, theirs: int, last: tuple[int, int] = (0, 0), measure: Measure = Measure.PER_INHABITANT
) -> Sight:
    """Two years of months of two areas; the last month came out as `last`, where that is given."""
    found, rows = line(), []
    for row in found.rows:
        sides = last if row.key == str(LAST) and any(last) else (mine, theirs)
        one, other = (counted(side, f"{row.key} {name}") for side, name in zip(sides, "ab", strict=True))
        verdict = Verdict(one, other, one - other)
        rows.append(replace(row, mine=Number(one, one), theirs=Number(other, other), verdict=verdict))
    view = replace(found.view, area="BU00010001", against="BU00010000", measure=measure)
    return replace(found, view=view, rows=tuple(rows), verdict=rows[-1].verdict, here="Zuid", theirs="Noord")


def test_nothing_is_added_up_where_there_is_no_year_before_or_two_areas_are_not_judged() -> None:
    assert spans_of(line(number=12)) == []
    assert spans_of(two_areas(60, 50, measure=Measure.COUNT)) == []
    assert LAST.kind is PeriodKind.MONTH


def test_of_two_areas_the_same_months_are_added_up() -> None:
    so_far, year = spans_of(two_areas(60, 50))
    assert (estimates(so_far), estimates(year)) == ((600, 500), (720, 600))
    assert year.names[1] == "Noord, november 2025 tot en met oktober 2026"
    assert year.verdict.difference.value == 120
