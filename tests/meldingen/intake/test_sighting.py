"""Who is about to report what is known already is offered that, and nothing that is not theirs to know."""

import uuid
from dataclasses import replace
from typing import Any

import pytest

from meldingen.intake import sighting
from meldingen.intake.submission import Submission
from meldingen.nearby.models import Sighting
from meldingen.places import geo
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from tests.factories import Town
from tests.meldingen.nearby.conftest import at, public_category


@pytest.fixture
def reported(town: Town) -> Melding:
    return town.melding(category=public_category(town), category_by="staff", point=at())


@pytest.fixture
def same() -> Submission:
    """The same kind at the same place."""
    longitude, latitude = geo.to_door(at(10, 10))
    text = "De lamp is kapot"
    return Submission(
        text=text, longitude=longitude, latitude=latitude, category_slug="lamp", submission_key=uuid.uuid4()
    )


def offered(town: Town, submission: Submission) -> list[int]:
    return [offer.match.melding_id for offer in sighting.offers(town.municipality, submission)]


def test_the_same_kind_near_the_pin_is_offered(town: Town, reported: Melding, same: Submission) -> None:
    assert offered(town, same) == [reported.pk]


@pytest.mark.parametrize(
    "other",
    [
        {"category_slug": "container-vol"},
        {"category_slug": ""},
        {"category_slug": "bestaat-niet"},
        {"longitude": None},
        {"longitude": 9.0},
        {"text": "De lamp hangt los, de draden zijn bloot, er staat stroom op"},
    ],
)
def test_without_kind_or_place_and_in_danger_nothing_is(
    town: Town, reported: Melding, same: Submission, other: dict[str, Any]
) -> None:
    assert offered(town, replace(same, **other)) == []


def test_by_what_it_is_offered_is_another_on_every_page(town: Town, reported: Melding, same: Submission) -> None:
    pages = [same, same, replace(same, submission_key=uuid.uuid4())]
    handles = [sighting.offers(town.municipality, page)[0].handle for page in pages]
    assert handles[0] == handles[1] != handles[2]
    assert str(reported.pk) not in handles[0].split()


def test_who_says_that_this_is_it_is_counted_once(town: Town, reported: Melding, same: Submission) -> None:
    handle = sighting.offers(town.municipality, same)[0].handle
    tokens = {sighting.see(town.municipality, same, handle) for _time in range(2)}
    assert len(tokens) == 1
    assert Sighting.objects.get().melding == reported


def test_what_was_not_offered_on_this_page_is_refused(town: Town, reported: Melding, same: Submission) -> None:
    handle = sighting.offers(town.municipality, same)[0].handle
    for page, word in ((same, "x"), (replace(same, submission_key=uuid.uuid4()), handle)):
        with pytest.raises(Refused, match=r"^gone$"):
            sighting.see(town.municipality, page, word)
    assert not Sighting.objects.exists()


def test_what_was_solved_meanwhile_is_refused(town: Town, reported: Melding, same: Submission) -> None:
    handle = sighting.offers(town.municipality, same)[0].handle
    lifecycle.move(lifecycle.lock(reported.pk, town.municipality.pk), "solved", actor=events.SWEEP)
    with pytest.raises(Refused, match=r"^gone$"):
        sighting.see(town.municipality, same, handle)
