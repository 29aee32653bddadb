"""What somebody nearly typed is found too, where nothing is found as it stands."""

import pytest

from meldingen.handling import finding
from meldingen.languages import Texts
from meldingen.places.models import AssetKind, Street
from meldingen.record.models import Melding
from meldingen.tenancy.models import User
from tests.factories import Town, reporter_of


def found(town: Town, typed: str, by_contact: User | None = None) -> list[int]:
    visible = Melding.objects.of(town.municipality)
    return list(finding.find(town.municipality, visible, typed, by_contact=by_contact).ids)


@pytest.fixture
def called(town: Town) -> Melding:
    own = {"municipality": town.municipality}
    Street.objects.create(**own, name="Mozartstraat", place="L", key="mozartstraat", place_key="l")
    kind = Texts(nl="lantaarnpaal")
    AssetKind.objects.create(**own, slug="lamp", name_texts=kind, plural_texts=kind)
    melding = town.melding(reference="FQ07B2C3", address="Mozartstraat 35, L", text="De lantaarnpaal is stuk.")
    reporter_of(melding, name="Piet Peters")
    town.melding(text="Iets anders.", address="Dorpsstraat 35, L")
    return melding


@pytest.mark.parametrize(
    "typed", ["mozart", "mozarstraat 35", "Lantarnpaal", "FQ07", "fq07-b", "Mozartsraat", "lantaa stu",
     "FQ07B2C4", "Q07B2C3", "mozartstraat 35 lamp"],
)  # fmt: skip
def test_what_was_nearly_typed(town: Town, called: Melding, typed: str) -> None:
    assert found(town, typed) == [called.pk]


@pytest.mark.parametrize("typed", ["piet petres", "Petters"])
def test_a_name_with_a_slip_by_who_may_see_names(town: Town, called: Melding, officer: User, typed: str) -> None:
    assert (found(town, typed, officer), found(town, typed)) == ([called.pk], [])


def test_a_street_with_a_slip_is_found_beside_a_text_that_has_the_slip(town: Town, called: Melding) -> None:
    other = town.melding(text="In de mozarstraat ligt afval.")
    assert set(found(town, "mozarstraat")) == {called.pk, other.pk}


@pytest.mark.parametrize("typed", ["mozarstraat", "mozarstraat 35", "L0997", "l 0997"])
def test_a_place_that_came_in_words_is_found_by_them(town: Town, called: Melding, typed: str) -> None:
    Melding.objects.filter(pk=called.pk).update(address="", place_text="Lichtmast L-0997, Mozartstraat 35")
    town.melding(place_text="Lichtmast L-0998, Mozartlaan 35")
    assert found(town, typed) == [called.pk]


@pytest.mark.parametrize("typed", ["peters mozartstraat", "mozart peters"])
def test_a_name_beside_a_street_by_who_may_see_names(town: Town, called: Melding, officer: User, typed: str) -> None:
    town.melding(address="Mozartstraat 1, L")
    assert found(town, typed, officer) == [called.pk]


@pytest.mark.parametrize("typed", ['";--<b>', "-boom", "--", "lantaa -stu"])
def test_what_asks_for_all_but_a_word_finds_nothing(town: Town, called: Melding, typed: str) -> None:
    assert found(town, typed) == []


def test_another_number_of_the_street_is_not_found(town: Town, called: Melding) -> None:
    assert found(town, "mozarstraat 3") == []
