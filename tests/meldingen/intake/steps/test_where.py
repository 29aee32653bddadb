import pytest

from meldingen.intake.step import Line, Visit
from meldingen.intake.steps.where import WHERE, WhereForm
from meldingen.intake.submission import Submission
from meldingen.places.geo import to_door
from meldingen.refusals import Refused
from tests.factories import Town


@pytest.mark.parametrize("filled", ["latitude", "longitude"])
def test_half_a_pin_is_no_pin(filled: str) -> None:
    form = WhereForm({filled: "4"})
    assert not form.is_valid()
    assert filled not in form.errors


@pytest.mark.parametrize(
    ("field", "buurt", "without"), [("pin", "BU1", True), ("pin", "", False), ("buurt_code", "BU1", False)]
)
def test_a_pin_outside_is_forgotten_where_there_is_a_buurt(field: str, buurt: str, without: bool) -> None:
    mended = WHERE.mend(Refused("outside", "", field), Submission(text="x", buurt_code=buurt))
    assert mended == ({"latitude": "", "longitude": ""} if without else {})


def test_the_last_page_says_which_place_counts(town: Town) -> None:
    longitude, latitude = to_door(town.point())
    said = Submission(text="x", place_text="Bij de brug", longitude=longitude, latitude=latitude)
    row = WHERE.row(Visit(municipality=town.municipality, sender=None, typed={}, submission=said))
    assert row is not None
    assert [line.look for line in row.lines] == ["typed", "", "hint"]
    assert row.lines[:2] == [Line("Bij de brug", "typed"), Line(town.west.name)]
