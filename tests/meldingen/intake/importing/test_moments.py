from datetime import UTC, datetime

import pytest

from meldingen.files.reading import BrokenFile
from meldingen.intake.importing.moments import Moments, form_of

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def moments(form: str = "") -> Moments:
    return Moments("Europe/Amsterdam", NOW, form_of(form) if form else None)


def spelt(readings: list[datetime]) -> list[str]:
    return [moment.strftime("%Y-%m-%d %H:%M") for moment in readings]


@pytest.mark.parametrize("value", ["2026-03-01", "20260301", "2026-W09-7", "2026W097"])
def test_a_day_is_a_day_in_each_form_of_iso_8601(value: str) -> None:
    assert spelt(moments().begins(value)) == ["2026-02-28 23:00"]
    assert spelt(moments().ends(value)) == ["2026-03-01 22:59"]


@pytest.mark.parametrize(
    "value", ["2026-03-01T14:05", "20260301T140500", "2026-03-01 14:05:00.5", "2026-03-01 13:05+00"]
)
def test_a_time_is_local_unless_it_says_its_zone(value: str) -> None:
    assert spelt(moments().begins(value)) == spelt(moments().ends(value)) == ["2026-03-01 13:05"]


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("d-m-Y", "1-3-2026 14:05"), ("d-m-Y", "01-03-2026 14:05:00"), ("d-m-Y", "2026-03-01 14:05"),
        ("d/m/Y", "1/3/2026, 14.05"), ("m/d/Y", "3/1/2026 14:05"), ("d.m.y", "01.03.26 14:05:00,000"),
        ("Y/m/d", "2026/3/1T14:05"),
    ],
)  # fmt: skip
def test_the_form_of_a_day_may_be_told(form: str, value: str) -> None:
    assert spelt(moments(form).begins(value)) == ["2026-03-01 13:05"]


@pytest.mark.parametrize(
    "value", ["1-3-2026", "31-02-2026", "01-03-26", "2026-03", "2026-W09", "46082", "x", "٠١-٠٣-٢٠٢٦"]
)
def test_what_is_no_day_is_none(value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        moments("d-m-Y" if value != "1-3-2026" else "").begins(value)


@pytest.mark.parametrize("form", ["", "d-m", "d-m-m", "dmY", "d-m-Y H:M", "D-M-Y", "Y-y-d", "%d-%m-%Y"])
def test_a_form_that_is_none_is_refused_with_an_example(form: str) -> None:
    with pytest.raises(BrokenFile, match="d-m-Y"):
        form_of(form)


def test_a_time_that_the_clock_shows_twice_or_never_has_two_readings() -> None:
    assert spelt(moments().begins("2025-10-26 02:10:00")) == ["2025-10-26 00:10", "2025-10-26 01:10"]
    assert spelt(moments().begins("2026-03-29 02:30:00")) == ["2026-03-29 01:30", "2026-03-29 00:30"]


def test_midnight_may_be_how_a_day_is_written() -> None:
    assert spelt(moments().ends("2026-03-01 00:00:00")) == ["2026-02-28 23:00", "2026-03-01 22:59"]


def test_today_has_not_ended_later_than_now_and_tomorrow_has() -> None:
    assert moments().ends("2026-11-26") == [NOW]
    assert moments().ends("2026-11-27")[0] > NOW
