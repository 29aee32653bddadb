"""Days on which nothing was registered."""

from datetime import date

from django.utils import translation

from opendata.figures.days import missing_days, unlike_days
from opendata.registration import Registration
from tests.opendata.conftest import APRIL, MAY

GAP = Registration(date(2026, 1, 1), None, ((date(2026, 4, 3), date(2026, 4, 4)),))
WHOLE = Registration(date(2026, 1, 1), None, ())


def test_only_what_misses_days_is_named() -> None:
    assert missing_days(GAP, [APRIL, MAY]) == {APRIL: 2}


def test_two_sides_are_judged_when_both_miss_as_many() -> None:
    with translation.override("nl"):
        assert unlike_days(WHOLE, [MAY], [APRIL]) == unlike_days(GAP, [APRIL], [APRIL]) == ""
        assert unlike_days(GAP, [MAY], [APRIL]).startswith("Op 2 dagen van april 2026 ")
        assert unlike_days(GAP, [APRIL, MAY], [MAY, MAY]).startswith("Op 2 dagen van april 2026 – mei 2026 ")
