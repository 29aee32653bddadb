"""What a colleague reads while somebody is on the telephone."""

from collections.abc import Callable

import pytest

from meldingen.intake.draft import Draft, Post
from meldingen.places.models import Address
from meldingen.record.models import Melding
from meldingen.telephone.lookup import Look, look
from tests.factories import Town
from tests.learned import CONTAINER, learn

Looks = Callable[..., Look]


@pytest.fixture
def looks(town: Town, call: dict[str, str]) -> Looks:
    """What is shown of a call."""

    def shown(**values: str) -> Look:
        draft = Draft(Post(municipality=town.municipality, inputs=call | values, colleague=town.member("telephone")))
        return look(draft.visit, Melding.objects.of(town.municipality))

    return shown


def test_the_model_says_what_it_is_likely_about(town: Town, looks: Looks) -> None:
    learn(town)
    assert looks(text=CONTAINER, category="").suggestions[0].category == town.container


def test_where_nobody_is_shown_a_guess_none_is_shown_here(town: Town, looks: Looks) -> None:
    learn(town)
    town.municipality.audit_share = 1
    town.municipality.save()
    assert looks(text=CONTAINER, category="").suggestions == []


def test_what_is_the_same_goes_by_the_guess_until_a_category_is_chosen(town: Town, looks: Looks) -> None:
    learn(town)
    known = town.melding(category=town.container, point=town.point(), text=CONTAINER)
    assert [each.melding.pk for each in looks(text=CONTAINER, category="").same] == [known.pk]


def test_half_an_address_is_no_place_yet(looks: Looks, dorpsstraat: Address) -> None:
    assert looks(place_text="Dorpsst").place is None
    assert looks().place.address == "Dorpsstraat 12, Lindewaard"  # type: ignore[union-attr]


def test_nothing_is_shown_of_another_town(looks: Looks, neighbour: Town, town: Town) -> None:
    neighbour.melding(category=neighbour.container, point=town.point(), text=CONTAINER)
    assert looks().same == []
