"""Where a line goes."""

from itertools import pairwise

import pytest

from opendata.pictures.line import DISTANCE, WIDE, LinePicture, Point, line


def points(*values: float, gap: int = 0) -> list[Point]:
    places = range(1, len(values) + 1)
    return [
        Point(place + (gap if place > 2 else 0), f"m{place}", value, value - 1, value + 1)
        for place, value in zip(places, values, strict=True)
    ]


def picture(*series: list[Point]) -> LinePicture:
    return line(series, WIDE, lambda number: f"{number:g}", [1])


def test_more_is_higher_and_later_is_further_to_the_right() -> None:
    (mark_of_first,) = picture(points(2, 8)).series[0].marks
    (last,) = line([points(2, 8)], WIDE, str, [2]).series[0].marks
    assert (mark_of_first.x < last.x, mark_of_first.y > last.y) == (True, True)


def test_nothing_lies_outside_the_frame() -> None:
    found = picture(points(0, 8, 3))
    assert [one for one in found.rules if one[1] == "0"] == [(found.floor, "0")]
    assert min(y for y, _words in found.rules) == WIDE.top


def test_what_was_not_published_leaves_a_gap() -> None:
    assert picture(points(2, 8, 3, 4)).series[0].path.count("M") == 1
    assert picture(points(2, 8, 3, 4, gap=3)).series[0].path.count("M") == 2


def test_a_period_alone_is_a_dot() -> None:
    assert len(picture(points(5)).series[0].alone) == 1


def test_the_last_label_stands_and_others_keep_their_distance() -> None:
    found = picture(points(*range(60)))
    places = [x for x, _words, _anchor in found.labels]
    assert found.labels[-1][1] == "m60"
    assert min(after - before for before, after in pairwise(places)) >= WIDE.label_width


def test_numbers_at_the_ends_of_two_lines_can_both_be_read() -> None:
    ends = [one.marks[-1].words_y for one in line([points(1, 50), points(1, 51)], WIDE, str, [2]).series]
    assert ends[0] - ends[1] == pytest.approx(DISTANCE, abs=0.2)


def test_two_lines_stand_on_one_scale() -> None:
    assert picture(points(1, 1), points(90, 90)).rules[-1][1] == "100"
