from datetime import timedelta

import pytest
from django.utils import timezone

from meldingen.handling import triage
from meldingen.notifications.offers import DAYS_AFTER, Offers, offers
from meldingen.record.models import Melding
from tests.factories import Town


def of(melding: Melding) -> Offers:
    return offers(Melding.objects.get(pk=melding.pk), timezone.now())


def closed(town: Town, outcome: str, days: int = 0) -> Melding:
    melding = town.melding()
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    triage.close(case, outcome, "Klaar.")
    Melding.objects.filter(pk=melding.pk).update(closed_at=timezone.now() - timedelta(days=days))
    return melding


def test_to_an_open_melding_words_are_added_and_it_is_withdrawn(town: Town) -> None:
    offered = of(town.melding())
    assert (offered.adds, offered.withdraws, offered.asks_whether_solved) == (True, True, False)


@pytest.mark.parametrize(("outcome", "asks"), [("solved", True), ("declined", False), ("forwarded", False)])
def test_only_of_what_was_solved_it_is_asked_whether_it_is(town: Town, outcome: str, asks: bool) -> None:
    offered = of(closed(town, outcome))
    assert (offered.adds, offered.withdraws, offered.asks_whether_solved) == (True, False, asks)
    assert (offered.until is not None) == asks


def test_after_two_weeks_nothing_is_offered(town: Town) -> None:
    offered = of(closed(town, "solved", DAYS_AFTER + 1))
    assert offered == Offers(adds=False, withdraws=False, asks_whether_solved=False, until=None)


def test_an_emergency_is_not_withdrawn(town: Town) -> None:
    assert not of(town.melding(danger="life")).withdraws
    assert of(town.melding(danger="hazard")).withdraws
