import pytest

from meldingen.intake.step import Line, Visit
from meldingen.intake.steps.where import WHERE, WhereForm
from meldingen.intake.submission import Submission
from meldingen.places.geo import to_door
from meldingen.places.models import Area
from meldingen.refusals import Refused
from tests.factories import Town


@pytest.mark.parametrize("filled", ["latitude", "longitude"])
def test_half_a_pin_is_no_pin(filled: str) -> None:
    form = WhereForm({filled: "4"})
    assert not form.is_valid()
    assert filled not in form.errors


@pytest.mark.parametrize(("field", "example"), [("latitude", "52,37"), ("longitude", "4,89")])
def test_which_number_is_wrong_is_said_with_an_example(field: str, example: str) -> None:
    (words,) = WhereForm({"latitude": "52", "longitude": "5"} | {field: "hier"}).errors[field]
    assert example in words


def pinned(town: Town, buurt: Area) -> Visit:
    longitude, latitude = to_door(town.point())
    said = Submission(text="x", longitude=longitude, latitude=latitude, buurt_code=buurt.code)
    return Visit(municipality=town.municipality, sender=None, typed={}, submission=said)


def test_a_pin_in_another_buurt_than_the_one_from_the_list_is_asked_about(town: Town) -> None:
    WHERE.check(pinned(town, town.west))
    with pytest.raises(Refused) as refused:
        WHERE.check(pinned(town, town.east))
    assert (refused.value.code, refused.value.field) == ("differs", "buurt_code")
    assert all(buurt.name in str(refused.value.message) for buurt in (town.west, town.east))


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
