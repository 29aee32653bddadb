import pytest

from meldingen.followup.leaving import leave_address
from meldingen.handling import triage
from meldingen.notifications.models import Delivery
from meldingen.record.models import Melding, Reporter
from meldingen.refusals import Refused
from tests.factories import Town, recipient_of


def leave(town: Town, melding: Melding, address: str = "sam@example.org", language: str = "en") -> None:
    leave_address(town.municipality, melding.follow_token, address, language)


def test_who_left_nothing_gets_the_receipt_in_the_language_that_they_read(town: Town) -> None:
    melding = town.melding()
    for _press in range(2):
        leave(town, melding)
    kept = Reporter.objects.get()
    assert (kept.email, kept.language) == ("sam@example.org", "en")
    delivery = Delivery.objects.get()
    assert (delivery.purpose, delivery.recipient) == ("receipt", recipient_of(melding))


def test_who_left_a_name_keeps_it(town: Town) -> None:
    melding = town.melding()
    Reporter.objects.create(municipality=town.municipality, melding=melding, name="Sam", language="nl")
    leave(town, melding)
    kept = Reporter.objects.get()
    assert (kept.name, kept.email, kept.language) == ("Sam", "sam@example.org", "nl")


def test_nobody_takes_the_place_of_an_address_that_is_there(town: Town, melding: Melding) -> None:
    with pytest.raises(Refused, match="known"):
        leave(town, melding)
    assert Reporter.objects.get().email == "melder@example.org"


def test_of_what_is_closed_there_is_no_news(town: Town) -> None:
    melding = town.melding()
    triage.close(triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member()), "solved")
    with pytest.raises(Refused, match="closed"):
        leave(town, melding)


def test_of_what_is_suspect_nobody_is_mailed_yet(town: Town) -> None:
    melding = town.melding(is_suspect=True)
    leave(town, melding)
    assert recipient_of(melding).token
    assert not Delivery.objects.exists()


def test_the_neighbour_leaves_nothing(town: Town, neighbour: Town) -> None:
    with pytest.raises(Melding.DoesNotExist):
        leave(neighbour, town.melding())
