"""A token in the database is of no use to who reads the database."""

from typing import Any

import pytest

from opendata.ckan import sealing
from tests.factories import Town


def test_a_token_comes_back_and_cannot_be_read(town: Town) -> None:
    sealed = sealing.seal(town.municipality, "geheim")
    assert "geheim" not in sealed
    assert sealing.unseal(town.municipality, sealed) == "geheim"


def test_another_municipality_cannot_use_it(town: Town, neighbour: Town) -> None:
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(neighbour.municipality, sealing.seal(town.municipality, "geheim"))


def test_it_outlives_a_change_of_the_secret_key(town: Town, settings: Any) -> None:
    sealed = sealing.seal(town.municipality, "geheim")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret key"
    assert sealing.unseal(town.municipality, sealed) == "geheim"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(town.municipality, sealed)
