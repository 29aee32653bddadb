import pytest

from meldingen.places.models import Address
from meldingen.upkeep import places
from tests.factories import Town


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
