from collections.abc import Callable
from fractions import Fraction

import pytest

from opendata.disclosure import MONTHLY, YEARLY, Dimension, Period, draw
from opendata.disclosure.errors import SharedNoiseError, UnknownSelectionError
from opendata.disclosure.intervals import Quantity
from opendata.disclosure.mechanism import Drawn
from opendata.disclosure.questions import rate, total
from tests.opendata.disclosure.worlds import make_grid, skewed_counts, with_band
from tests.sure import sure

GRID = make_grid(wijken=3, buurten=4, mains=3, categories=3)
COUNTS = skewed_counts(GRID, 900)
MARCH = Period.month(2026, 3)
WIJK = {Dimension.WIJK: ["WK00"]}
MAIN = {Dimension.MAIN_CATEGORY: ["h0"]}
GROUP = {Dimension.BUURT: ["BU0000", "BU0100", "BU0203"]}
OTHER_WIJK = {Dimension.WIJK: ["WK01"]}


def drawn(month: Period = MARCH) -> Drawn:
    return draw(MONTHLY, GRID, COUNTS, Fraction(1), month)


def true(where: dict[Dimension, list[str]]) -> int:
    return sum(
        n
        for key, n in COUNTS.items()
        if all(GRID.place([dimension], key)[0] in values for dimension, values in where.items())
    )


def test_a_wijk_is_answered_by_both_tables_that_know_it() -> None:
    found = total(drawn(), WIJK)
    assert sorted(part.cells for part in found.components) == [4, 4]  # four buurten, three main categories and the rest
    assert sum(part.weight for part in found.components) == 1
    assert found.interval().lower <= found.estimate <= found.interval().upper


def test_a_cell_is_answered_by_its_own_table_with_its_own_interval() -> None:
    month = drawn()
    cell = month["wijk-hoofdcategorie"].cell("WK00", "h1")
    found = total(month, WIJK | {Dimension.MAIN_CATEGORY: ["h1"]})
    assert [found.value, found.estimate] == [cell.trekking, cell.schatting]
    assert [found.interval().lower, found.interval().upper] == [cell.ondergrens, cell.bovengrens]


def test_a_sum_that_is_published_nowhere_shows_the_draws_added_up() -> None:
    month = drawn()
    found, cells = total(month, GROUP), [month["buurt"].cell(code) for code in GROUP[Dimension.BUURT]]
    assert found.estimate == max(0, sum(cell.trekking for cell in cells))
    months = Quantity.together([total(drawn(Period.month(2026, number)), WIJK | MAIN) for number in range(1, 7)])
    assert months.estimate == max(0, months.value)


def test_what_several_tables_tell_is_that_to_which_they_add_up() -> None:
    month = drawn()
    assert total(month).estimate == sum(cell.schatting for cell in month["buurt"].cells)
    assert total(month, WIJK).estimate == sum(cell.schatting for cell in month["wijk-hoofdcategorie"].cells[:4])


def test_buurten_that_are_a_whole_wijk_are_the_wijk() -> None:
    month = drawn()
    buurten = {Dimension.BUURT: [area.code for area in GRID.areas if area.wijk == "WK00"]}
    assert total(month, buurten) == total(month, WIJK)


def test_what_no_table_can_tell_is_refused() -> None:
    month = drawn()
    refusals: tuple[dict[Dimension, list[str]], ...] = (
        {Dimension.BUURT: ["BU0000"], Dimension.CATEGORY: ["c0-0"]},
        {Dimension.WIJK: ["WK99"]},
        {Dimension.WIJK: []},
        {Dimension.HANDLING_TIME: ["langer"]},
        {Dimension.WIJK: ["WK00"], Dimension.BUURT: ["BU0100"]},
    )
    for where in refusals:
        with pytest.raises(UnknownSelectionError):
            total(month, where)


def test_parts_of_one_draw_are_compared_and_a_part_with_the_whole_is_not() -> None:
    month = drawn()
    difference = total(month, WIJK) - total(month, OTHER_WIJK)
    assert difference.signed
    with pytest.raises(SharedNoiseError):
        total(month, WIJK) - total(month)


def test_months_are_added_up_and_compared() -> None:
    march, april = drawn(), drawn(Period.month(2026, 4))
    year = total(march, WIJK) + total(april, WIJK)
    assert year.interval().lower <= 2 * true(WIJK) + 60
    assert year.interval().upper >= 2 * true(WIJK) - 60
    assert (total(march) - total(april)).interval(level=0.999999).lower <= 0


def test_a_rate_needs_three_hundred_inhabitants() -> None:
    count = total(drawn(), WIJK)
    assert rate(count, None) is None
    assert rate(count, -99997) is None
    assert rate(count, 299) is None
    found = sure(rate(count, 300))
    assert found.estimate == count.estimate * Fraction(1000, 300)


def test_the_total_of_a_year_uses_all_its_tables() -> None:
    grid = make_grid(wijken=8, buurten=8)
    year = draw(YEARLY, grid, with_band(skewed_counts(grid, 900), "langer"), Fraction(1), Period.whole_year(2026))
    assert len(total(year).components) == 3
    assert total(year, {Dimension.HANDLING_TIME: ["langer"]}).components[0].cells == 3


QUESTIONS: dict[str, Callable[[Drawn, Drawn], tuple[Quantity, Fraction | int]]] = {
    "cell": lambda march, april: (total(march, WIJK | MAIN), true(WIJK | MAIN)),
    "wijk": lambda march, april: (total(march, WIJK), true(WIJK)),
    "group": lambda march, april: (total(march, GROUP), true(GROUP)),
    "all": lambda march, april: (total(march), sum(COUNTS.values())),
    "two months": lambda march, april: (total(march, WIJK) + total(april, WIJK), 2 * true(WIJK)),
    "difference": lambda march, april: (total(march, WIJK) - total(april, WIJK), 0),
    "difference of rates": lambda march, april: (
        sure(rate(total(march, WIJK), 3217)) - sure(rate(total(march, OTHER_WIJK), 5119)),
        Fraction(1000 * true(WIJK), 3217) - Fraction(1000 * true(OTHER_WIJK), 5119),
    ),
}


@pytest.mark.slow
def test_the_intervals_of_all_kinds_of_questions_hold_the_truth_nine_times_in_ten() -> None:
    rounds = 2000
    hits = dict.fromkeys(QUESTIONS, 0)
    for _ in range(rounds):
        march, april = drawn(), drawn(Period.month(2026, 4))
        for name, ask in QUESTIONS.items():
            found, truth = ask(march, april)
            bounds = found.interval()
            hits[name] += bounds.lower <= truth <= bounds.upper
    print("\ncoverage:", {name: f"{100 * number / rounds:.1f} %" for name, number in hits.items()})  # noqa: T201
    # 90 % minus five standard deviations of what this number of rounds can show
    assert min(hits.values()) >= rounds * 0.9 - 5 * (rounds * 0.09) ** 0.5, hits


@pytest.mark.slow
def test_what_is_shown_of_a_sum_is_right_on_average_and_in_the_middle_of_bounds_that_hold() -> None:
    grid, rounds = make_grid(wijken=3, buurten=3, mains=5, categories=4), 300
    counts = with_band(skewed_counts(grid, 3000), "binnen-1-dag")
    soon = {Dimension.HANDLING_TIME: ["binnen-1-dag", "binnen-3-dagen"]}
    found = [total(draw(YEARLY, grid, counts, Fraction(1), Period.whole_year(2026)), soon) for _ in range(rounds)]
    truth, bounds = sum(counts.values()), [one.interval() for one in found]
    assert all(2 * one.estimate == one.lower + one.upper for one in bounds)
    hits = sum(one.lower <= truth <= one.upper for one in bounds)
    assert hits >= rounds * 0.9 - 5 * (rounds * 0.09) ** 0.5
    spread = float(bounds[0].upper - bounds[0].estimate) / 1.645
    assert abs(float(sum(one.estimate for one in found)) / rounds - truth) <= 4 * spread / rounds**0.5
