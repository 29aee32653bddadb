"""A melding passes through the house once: the last POST of a resident goes from room to room, and seldom back.

`--log-cli-level=INFO` shows the figures.
"""

import logging
import uuid
from collections.abc import Callable
from contextlib import nullcontext
from urllib.parse import urlencode

import pytest
from django.test import Client

from meldingen import texts
from meldingen.record import references
from meldingen.record.models import Melding
from tests.architecture.rooms_of_a_request import Call, Walk, walked
from tests.factories import Town

logger = logging.getLogger(__name__)
FORM = "application/x-www-form-urlencoded"
# One of them asks whether the text of the place is an address.
MOST_CALLS = 29
# What every request passes before and after its view: errors, limits, sessions, the municipality, and whether a
# colleague is still there.
FRAME = 10
Post = Callable[[str], Walk]


@pytest.fixture
def post(resident: Client, town: Town) -> Post:
    """What a browser sends when all was filled in but the pin, about a subject; the process did the same before."""

    def twice(subject: str) -> Walk:
        typed = {
            "step": "check", "go": "next", "text": "De glascontainer puilt uit.", "category": subject,
            "buurt": town.west.code, "place_text": "Bij de brug", "name": "Sam", "email": "sam@example.org",
            "phone": "06 12345678", "latitude": "", "longitude": "",
        }  # fmt: skip
        # Not walked: what a process loads for its first one takes long to follow.
        for around in (nullcontext(Walk()), walked()):
            typed["submission_key"] = str(uuid.uuid4())
            with around as walk:
                assert resident.post("/melden/", urlencode(typed), content_type=FORM).status_code == 302
        assert Melding.objects.count() == 2
        return walk

    return twice


@pytest.mark.parametrize(
    ("subject", "most"),
    # Routing asks for service levels, days off and the calendar, and notifications for a key, each in another room.
    # Whether the reporter left a number is for phones to say.
    [("", 25), ("dumping", 31), ("container-vol", 33)],
    ids=["no subject", "a subject", "a subject with a term"],
)
def test_the_last_post_changes_rooms_seldom(post: Post, subject: str, most: int) -> None:
    walk = post(subject)
    inside = walk.of("melden")
    stays, crossings = inside.stays(), inside.crossings()
    logger.info("%s stays, %s calls between rooms: %s", len(stays), len(crossings), " ".join(stays))
    logger.info("with the frame: %s stays, %s calls between rooms", len(walk.stays()), len(walk.crossings()))
    assert len(stays) <= most
    assert len(crossings) <= MOST_CALLS
    assert len(walk.stays()) <= most + FRAME


def test_it_goes_through_the_rooms_that_take_a_melding_in(post: Post) -> None:
    taking = {"intake", "texts", "places", "categories", "routing", "record", "queueing"}
    assert taking <= set(post("dumping").stays())


def test_calls_are_seen_with_the_room_that_they_come_from() -> None:
    with walked() as walk:
        texts.clean("é")
        references.new_reference()
    assert [call.function for call in walk.calls] == ["clean", "normal", "new_reference"]
    assert (walk.stays(), walk.crossings()) == (["texts", "record"], [])
    assert walk.calls[1].caller == "texts"


def test_a_call_holds_those_that_are_made_inside_it() -> None:
    calls = [Call("a", "f", "", 1), Call("b", "g", "a", 2), Call("a", "h", "b", 3), Call("c", "k", "", 1)]
    inside = Walk(calls).of("f")
    assert (inside.stays(), inside.crossings()) == (["a", "b", "a"], [("a", "b"), ("b", "a")])
