import pytest

from meldingen.followup.opening import MAX_TEXT, open_melding, words
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from tests.factories import Town, follower_of


def test_a_private_address_opens_its_melding_and_no_other(town: Town, melding: Melding) -> None:
    town.melding()
    with open_melding(town.municipality, melding.follow_token) as locked:
        assert locked == melding


@pytest.mark.parametrize("token", ["", "x", "a" * 43])
def test_an_unknown_address_opens_nothing(town: Town, token: str) -> None:
    with pytest.raises(Melding.DoesNotExist), open_melding(town.municipality, token):
        pass


def test_the_neighbour_and_a_follower_open_nothing(town: Town, neighbour: Town, melding: Melding) -> None:
    keys = [(neighbour, melding.follow_token), (town, follower_of(melding).token or "")]
    for where, token in keys:
        with pytest.raises(Melding.DoesNotExist), open_melding(where.municipality, token):
            pass


@pytest.mark.parametrize(("text", "code"), [(" \n ", "empty"), ("x" * (MAX_TEXT + 1), "too_long")])
def test_nothing_and_too_much_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        words(text)
    assert (refused.value.code, refused.value.field) == (code, "text")
