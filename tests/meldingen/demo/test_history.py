"""The generator of the invented years: deterministic, inside the buurten, in the columns of the importer."""

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from meldingen import calendar
from meldingen.demo import history, waiting
from meldingen.demo.ground import contains
from meldingen.demo.reports import COLUMNS, ENDS, EVENT_COLUMNS, Report
from meldingen.demo.spots import Spots
from meldingen.demo.words import FOREIGN
from meldingen.record import workflow

TOWN = Path(history.__file__).parent / "lindewaard"
SMALL = TOWN.parent / "oosterveen"
UNTIL = date(2026, 11, 23)
LATER = date(2027, 1, 4)  # from here on the first year is 2025
BOTH = calendar.start_of_day(date(2025, 6, 1), "Europe/Amsterdam")  # after the outage, which is always last year
YearsUntil = Callable[[date], list[Report]]
END = calendar.start_of_day(UNTIL, "Europe/Amsterdam")


def open_ones(years: list[Report]) -> list[Report]:
    return [report for report in years if report.state not in ENDS]


def test_it_has_as_many_as_a_town_of_its_size_each_month(years: list[Report]) -> None:
    months = Counter((report.received + timedelta(hours=2)).strftime("%Y-%m") for report in years)
    assert 26_000 <= len(years) <= 40_000
    assert all(900 < number < 1500 for month, number in months.items() if "2024-01" <= month < "2026-11")


@pytest.mark.slow
def test_at_the_end_of_a_year_when_the_history_is_longest_it_has_no_more(years_until: YearsUntil) -> None:
    assert 36_000 <= len(years_until(date(2026, 12, 31))) <= 40_000


def test_six_in_a_hundred_write_in_another_language(years: list[Report]) -> None:
    sentences = tuple({text for lines in FOREIGN.values() for _language, text in lines})
    assert 0.055 < sum(report.text.startswith(sentences) for report in years) / len(years) < 0.065


def test_every_report_has_words_and_nearly_each_its_own(years: list[Report]) -> None:
    assert all(report.text for report in years)
    assert len({report.text for report in years}) > 0.85 * len(years)


def test_nothing_is_left_to_fill_in(years: list[Report]) -> None:
    assert not [report.text for report in years if "{" in report.text]


def test_half_of_them_called(years: list[Report]) -> None:
    assert 0.45 < sum(report.channel == "phone" for report in years) / len(years) < 0.55


def test_everything_happened_in_order_and_before_the_end(years: list[Report]) -> None:
    for report in years:
        moments = [report.received, *(deed.when for deed in report.deeds), END]
        assert moments == sorted(moments), report


def test_every_state_follows_the_one_before(years: list[Report]) -> None:
    for report in years:
        state = workflow.NEW
        for deed in report.deeds:
            if deed.state:
                workflow.check(state, deed.state)
                state = deed.state


def test_one_in_eleven_guesses_is_corrected(years: list[Report]) -> None:
    guessed = [report for report in years if any(deed.by == "model" for deed in report.deeds)]
    corrected = [report for report in guessed if sum(bool(deed.category) for deed in report.deeds) > 1]
    assert 0.08 < len(corrected) / len(guessed) < 0.10


def test_some_are_opened_again(years: list[Report]) -> None:
    again = [report for report in years if any(deed.state == "reopened" for deed in report.deeds)]
    assert 0.035 < len(again) / len(years) < 0.045


@pytest.mark.parametrize("until", [UNTIL, LATER])
def test_a_weekend_of_work_waits(until: date, years_until: YearsUntil) -> None:
    still = open_ones(years_until(until))
    end = calendar.start_of_day(until, "Europe/Amsterdam")
    terms = [report.deadline for report in still if report.deadline and report.state in workflow.RUNNING]
    states = Counter(report.state for report in still)
    assert (states["new"], states["waiting"], states["reopened"]) == (80, 6, 3)
    assert sum(term < end for term in terms) == waiting.LATE
    assert sum(end <= term < end + timedelta(days=1) for term in terms) == waiting.DUE_TODAY
    mine = [report for report in still if any(deed.assignee == waiting.ME for deed in report.deeds)]
    assert len(mine) == waiting.MINE


def test_every_point_lies_in_exactly_one_buurt(years: list[Report]) -> None:
    rings = Spots(TOWN).rings
    for report in years[::40]:
        assert sum(contains(ring[0], report.spot.point) for ring in rings.values()) == 1, report


def test_nothing_is_reported_during_the_outage(years: list[Report]) -> None:
    days = set(history.outage(TOWN, UNTIL))
    assert len(days) == 3
    assert not [each for each in years if calendar.local_day(each.received, "Europe/Amsterdam") in days]


def test_seasons_storms_and_new_year_show(years: list[Report]) -> None:
    of = Counter((each.category.slug, f"{each.received:%m}") for each in years if each.category)
    days = Counter((each.category.slug, f"{each.received:%m-%d}") for each in years if each.category)
    assert of["bladeren", "10"] > 4 * of["bladeren", "05"]
    assert of["processierups", "06"] > 4 * of["processierups", "10"]
    assert of["gladheid", "07"] == 0
    assert days["boom-gevaarlijk", "11-02"] > 10 * days["boom-gevaarlijk", "11-09"]
    assert days["vuurwerk", "01-01"] > 5 * days["vuurwerk", "01-09"]


def test_a_later_end_leaves_the_reports_of_the_past_as_they_were(years: list[Report], years_until: YearsUntil) -> None:
    def past(found: list[Report]) -> list[tuple[str, datetime, str]]:
        both = [each for each in found if BOTH <= each.received < END - timedelta(days=200)]
        return [(each.key, each.received, each.text) for each in both]

    assert past(years_until(LATER)) == past(years)


@pytest.mark.parametrize(
    ("until", "first"),
    [
        (date(2026, 3, 31), date(2024, 1, 1)),
        (UNTIL, date(2024, 1, 1)),
        (date(2027, 1, 4), date(2025, 1, 1)),
        (date(2027, 4, 2), date(2025, 1, 1)),
    ],
)
def test_it_begins_with_a_year_that_was_drawn_and_has_two_years_at_least(until: date, first: date) -> None:
    assert history.first_day(TOWN, until) == first


def test_the_small_town_has_fourteen_months_of_few(tmp_path: Path) -> None:
    assert history.main([str(SMALL), str(UNTIL), str(tmp_path / "out")]) == 0
    with (tmp_path / "out" / "meldingen.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (tuple(rows[0]), rows[0]["gemeld_op"][:7]) == (COLUMNS, "2025-09")
    assert 1_100 < len(rows) < 1_700
    assert (tmp_path / "out" / "events.csv").read_text(encoding="utf-8").startswith(",".join(EVENT_COLUMNS))


def test_the_command_explains_itself_when_called_wrongly(capsys: pytest.CaptureFixture[str]) -> None:
    assert history.main(["only-one"]) == 2
    assert "usage" in capsys.readouterr().err


def test_one_in_four_says_how_content_they_are_and_less_so_where_it_was_late(years: list[Report]) -> None:
    graded = [(report, deed) for report in years for deed in report.deeds if deed.grade]
    solved = sum(any(deed.state == "solved" for deed in report.deeds) for report in years)
    assert 0.2 < len(graded) / solved < 0.3
    late: list[int] = []
    in_time: list[int] = []
    for report, deed in graded:
        ends = [each.when for each in report.deeds if each.state == "solved" and each.when < deed.when]
        (late if report.deadline and max(ends) > report.deadline else in_time).append(int(deed.grade))
    assert sum(late) / len(late) < 3 < sum(in_time) / len(in_time)
