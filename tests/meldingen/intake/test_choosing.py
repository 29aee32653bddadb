"""Only a subject that the municipality offers can be chosen."""

import pytest

from meldingen.intake.choosing import find_category
from meldingen.refusals import Refused
from tests.factories import CategoryFactory, Town


@pytest.mark.parametrize("slug", ["bestaat-niet", "afval", "van-de-buren"])
def test_what_cannot_be_chosen_here_is_refused(town: Town, neighbour: Town, slug: str) -> None:
    CategoryFactory.create(municipality=neighbour.municipality, slug="van-de-buren", parent=neighbour.waste)
    with pytest.raises(Refused) as refused:
        find_category(town.municipality, slug)
    assert (refused.value.field, refused.value.code) == ("category_slug", "unknown")


def test_a_category_out_of_use_is_refused(town: Town) -> None:
    town.waste.is_active = False
    town.waste.save()
    with pytest.raises(Refused):
        find_category(town.municipality, "dumping")


def test_who_leaves_it_to_us_chose_none(town: Town) -> None:
    assert find_category(town.municipality, "") is None
    assert find_category(town.municipality, "dumping") == town.dumping
