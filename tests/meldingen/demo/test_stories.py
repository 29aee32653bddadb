"""Each story that docs/demo.md tells is in the history."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from meldingen.demo import stories
from meldingen.demo.reports import Report


def closing(report: Report) -> datetime | None:
    return next((deed.when for deed in report.deeds if deed.state in ("solved", "declined", "forwarded")), None)


def days_of(years: list[Report], fits: Callable[[Report], bool], first: int, last: int) -> float:
    """The median of the days it took, of what was received in these months of 2026."""
    chosen = [each for each in years if fits(each) and (each.received.year, 1) == (2026, 1)]
    taken = [
        (closed - each.received).days
        for each in chosen
        if (closed := closing(each)) and first <= each.received.month <= last
    ]
    return sorted(taken)[len(taken) // 2]


def test_one_container_is_reported_again_and_again_since_august(years: list[Report]) -> None:
    since = datetime(2026, 8, 1, tzinfo=UTC)
    lately = Counter(each.spot.thing for each in years if each.received >= since and each.spot.kind == "container")
    (worst, number), (_second, next_number) = lately.most_common(2)
    spot = next(each.spot for each in years if each.spot.thing == worst)
    assert (spot.buurt, number > 1.5 * next_number) == (stories.HOTSPOT_BUURT, True)


def test_the_lamps_of_one_street_went_out_in_one_evening(years: list[Report]) -> None:
    evening = [each for each in years if each.spot.kind == "lichtmast" and f"{each.received:%m-%d}" == "11-11"]
    (_street, number), *_rest = Counter(each.spot.street for each in evening).most_common()
    assert number >= stories.LAMPS_OUT


def test_one_team_is_late_in_one_wijk_since_june(years: list[Report]) -> None:
    def fits(report: Report) -> bool:
        return report.team == stories.LATE_TEAM and report.spot.wijk == stories.LATE_WIJK

    assert days_of(years, fits, 6, 9) > 2 * days_of(years, fits, 1, 5)


def test_two_rules_halved_the_time_of_dumped_waste(years: list[Report]) -> None:
    def fits(report: Report) -> bool:
        of_it = report.category is not None and report.category.slug == stories.HALF_AS_LONG
        return of_it and report.spot.wijk in stories.HALF_AS_LONG_IN

    assert days_of(years, fits, 7, 11) <= 0.6 * days_of(years, fits, 1, 6)


def test_a_wave_of_spam_a_threat_and_three_letters_are_there(years: list[Report]) -> None:
    states = Counter(report.state for report in years)
    unread = [report.text for report in years if report.state == "new"]
    assert (states["spam"], states["threat"]) == (stories.SPAM, 1)
    assert any("bezwaar" in text for text in unread)
    assert any("En naast de container" in text for text in unread)
    assert stories.NO_SUBJECT in unread
