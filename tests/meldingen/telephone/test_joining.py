"""A caller about what is known already."""

import uuid
from typing import Any

import pytest

from meldingen.handling import triage
from meldingen.intake.submission import Submission
from meldingen.nearby import sightings
from meldingen.refusals import Refused
from meldingen.telephone.joining import join
from tests.factories import Town
from tests.staff import published  # noqa: F401  fixture


def submission(**values: Any) -> Submission:
    content: dict[str, Any] = {"text": "De container is vol.", "submission_key": uuid.uuid4()}
    return Submission(**content | values)


def test_a_caller_without_an_address_is_counted_once_however_often_it_is_pressed(town: Town) -> None:
    melding, call = town.melding(category=town.container), submission()
    assert [join(town.municipality, melding, call) for _press in range(2)] == [False, False]
    assert sightings.count(melding) == 1
    assert melding.recipients.count() == 0


def test_a_caller_with_an_address_is_asked_by_mail_and_follows_nothing_before(town: Town) -> None:
    melding = town.melding(category=town.container)
    assert join(town.municipality, melding, submission(email="wim@example.org"))
    assert melding.recipients.get().confirmed_at is None


def test_danger_is_never_counted_away(town: Town) -> None:
    melding = town.melding(category=town.container)
    with pytest.raises(Refused, match="danger"):
        join(town.municipality, melding, submission(text="Er ligt een kind in het water, help!"))
    assert sightings.count(melding) == 0


def test_what_is_closed_or_confidential_has_no_followers(town: Town) -> None:
    melding = town.melding(category=town.container)
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    triage.close(case, "solved", "Klaar.")
    melding.refresh_from_db()
    with pytest.raises(Refused):
        join(town.municipality, melding, submission())
    town.waste.is_confidential = True
    town.waste.save()
    with pytest.raises(Refused):
        join(town.municipality, town.melding(category=town.dumping), submission())
