import pytest
from django.utils import timezone

from meldingen.places.addresses import breaker, choosing
from meldingen.places.models import Address
from meldingen.upkeep import places
from tests.factories import Town
from tests.locatieserver import Locatieserver


def _sentences(town: Town) -> list[str]:
    return [defect.sentence for defect in places.look(town.municipality)]


def _typed(town: Town, number: int, address: str = "") -> None:
    for _ in range(number):
        town.melding(place_source="address", place_text="Dorpstraat 1", address=address)


def test_an_empty_table_is_named(town: Town) -> None:
    Address.objects.all().delete()
    assert len(_sentences(town)) == 1
    town.municipality.address_source = "none"
    assert _sentences(town) == []


@pytest.mark.parametrize(("unknown", "known", "number"), [(4, 0, 0), (5, 0, 1), (5, 20, 1), (5, 21, 0)])
def test_many_addresses_that_do_not_match_are_named(town: Town, unknown: int, known: int, number: int) -> None:
    _typed(town, unknown)
    _typed(town, known, "Dorpsstraat 1, Stad")
    assert len(_sentences(town)) == number


def test_what_pdok_does_not_find_is_named_too(town: Town) -> None:
    town.municipality.address_source = "pdok"
    _typed(town, 5)
    assert _sentences(town) == ["Van 5 adressen die bewoners in 30 dagen typten, vond PDOK er 5 niet."]
    town.municipality.address_source = "none"
    assert _sentences(town) == []


def test_when_pdok_was_away_is_said(town: Town, pdok: Locatieserver) -> None:
    here = town.municipality
    assert _sentences(town) == []
    pdok.status = 503
    for number in range(breaker.FAILURES):
        choosing.suggest(here, f"kerkweg {number}")
    (sentence,) = _sentences(town)
    assert sentence.startswith(f"PDOK gaf geen antwoord, het laatst op {timezone.localdate().day} ")
