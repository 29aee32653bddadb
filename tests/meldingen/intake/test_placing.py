"""The place that was meant, or what is asked about it."""

from dataclasses import replace
from typing import Any

import pytest

from meldingen.intake.placing import find_place
from meldingen.intake.receiving import submit
from meldingen.intake.submission import Submission
from meldingen.places.geo import to_door
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from tests.factories import Town


def test_a_pin_goes_before_a_buurt(town: Town, said: Submission) -> None:
    longitude, latitude = to_door(town.point())
    melding = submit(
        town.municipality, replace(said, buurt_code=town.east.code, longitude=longitude, latitude=latitude)
    )
    assert (melding.buurt, melding.place_source) == (town.west, "pin")


def test_a_pin_in_the_gemeente_far_from_every_buurt_is_refused_in_other_words(town: Town, said: Submission) -> None:
    far = town.point()
    far.y = 437500
    longitude, latitude = to_door(far)
    with pytest.raises(Refused) as refused:
        submit(town.municipality, replace(said, longitude=longitude, latitude=latitude))
    assert (refused.value.field, refused.value.code) == ("pin", "no_buurt")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"longitude": 0.0, "latitude": 0.0}, "outside"),
        ({"longitude": 1e300, "latitude": 4.0}, "outside"),
        ({"buurt_code": ""}, "missing"),
        ({"buurt_code": "BU00000000"}, "unknown"),
    ],
)
def test_a_place_that_is_not_ours_is_refused_and_nothing_is_stored(
    town: Town, said: Submission, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        submit(town.municipality, replace(said, **changes))
    assert refused.value.code == code
    assert not Melding.objects.exists()


def test_a_buurt_of_the_neighbour_is_none_of_ours(town: Town, neighbour: Town, said: Submission) -> None:
    with pytest.raises(Refused) as refused:
        find_place(town.municipality, replace(said, buurt_code=neighbour.west.code))
    assert refused.value.code == "unknown"
