"""Texts that are sent often, with what the melding fills in."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from meldingen.handling import standard_texts
from meldingen.handling.models import StandardText, check_blanks
from meldingen.languages import Texts
from meldingen.record import references
from tests.factories import Town


def made(town: Town, name: str = "Standaard", **values: object) -> StandardText:
    fields = {"text_texts": Texts(nl="Beste melder")} | values
    return StandardText.objects.create(municipality=town.municipality, name=name, **fields)


def test_blanks_are_filled_in_in_the_language_of_the_reporter(town: Town) -> None:
    made(town, text_texts=Texts(nl="{kenmerk}: {categorie}, {plaats}, {team}, {dag}", en="{categorie}, {dag}"))
    told = datetime(2026, 5, 5, 22, 30, tzinfo=UTC)
    melding = town.melding(category=town.dumping, address="Dorpsstraat 12, L.", team=town.roads, promised_at=told)
    (dutch,) = standard_texts.ready_for(town.municipality, melding, "nl")
    (english,) = standard_texts.ready_for(town.municipality, melding, "en")
    reference = references.spaced(melding.reference)
    assert dutch.text == f"{reference}: Dumping, Dorpsstraat 12, Wegen, woensdag 6 mei"
    assert english.text == "Dumping (en), Wednesday 6 May"


def test_what_is_not_known_is_left_to_the_colleague(town: Town) -> None:
    made(town, text_texts=Texts(nl="{categorie} {team} {dag} {plaats}"))
    (ready,) = standard_texts.ready_for(town.municipality, town.melding(), "nl")
    assert ready.text == f"___ ___ ___ {town.west.name}"


def test_one_of_a_category_goes_with_what_is_under_it_and_with_nothing_else(town: Town, neighbour: Town) -> None:
    made(town, "Afval", category=town.waste)
    made(town, "Vol", category=town.container)
    made(town, "Oud", is_active=False)
    made(neighbour, "Buren")
    names = [
        [each.name for each in standard_texts.ready_for(town.municipality, town.melding(category=category), "nl")]
        for category in (town.container, town.dumping, None)
    ]
    assert names == [["Afval", "Vol"], ["Afval"], []]


@pytest.mark.parametrize("text", ["{naam}", "{ kenmerk}", "{kenmerk} {}", "{dag.year}"])
def test_a_blank_that_nothing_fills_in_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="kenmerk"):
        check_blanks(Texts(nl="{kenmerk}", en=text))


def test_words_between_other_signs_are_no_blanks(town: Town) -> None:
    check_blanks(Texts(nl="Bel [14 0123] (dag en nacht) {dag}"))
    assert standard_texts.fill("{x} {dag}", {"dag": "morgen"}) == "{x} morgen"


@pytest.mark.parametrize(("typed", "place"), [("Dijkstraat 36", "Dijkstraat 36"), ("bij de grote boom", "")])
def test_a_place_is_what_the_reporter_typed_where_that_is_a_street_with_a_number(
    town: Town, typed: str, place: str
) -> None:
    made(town, text_texts=Texts(nl="{plaats}"))
    (ready,) = standard_texts.ready_for(town.municipality, town.melding(place_text=typed), "nl")
    assert ready.text == (place or town.west.name)
