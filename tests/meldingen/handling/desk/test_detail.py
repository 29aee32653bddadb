"""What stands beside a melding on its page: the map of the form, as the municipality wants it."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from meldingen.handling import triage
from meldingen.languages import Texts
from meldingen.places.models import AssetKind
from meldingen.questions import asking
from meldingen.record.models import Melding
from meldingen.routing.models import Prediction
from meldingen.tenancy.models import BaseMap
from tests.factories import Town, reporter_of
from tests.meldingen.nearby.conftest import asset
from tests.meldingen.questions.asked import question_of
from tests.staff import full_melding


@pytest.mark.parametrize(
    ("wants", "squares", "tiles"),
    [(BaseMap.OWN, True, False), (BaseMap.TILES, False, True), (BaseMap.NONE, False, False)],
)
def test_the_map_is_the_one_that_the_municipality_wants(
    triager: Client, town: Town, address: str, settings: Settings, wants: str, squares: bool, tiles: bool
) -> None:
    settings.TILES_URL = "https://tegels.example/{z}/{x}/{y}.png"
    type(town.municipality).objects.update(base_map=wants, map_loaded_at=timezone.now())
    page = triager.get(address).text
    assert ('data-squares="/kaart/vlak/' in page, "tegels.example" in page) == (squares, tiles)


def test_what_the_reporter_answered_stands_with_their_words(triager: Client, town: Town) -> None:
    question_of(town)
    melding = town.melding(category=town.container)
    asking.keep(melding, [asking.Entry("nummer", 1, "<b>0412</b>")])
    Melding.objects.filter(pk=melding.pk).update(category=town.dumping)
    page = triager.get(f"/beheer/meldingen/melding/{melding.pk}/change/").text
    assert ("Wat is nummer?" in page, "&lt;b&gt;0412&lt;/b&gt;" in page) == (True, True)
    assert "0412" in triager.get(f"/beheer/?melding={melding.pk}").text


def test_what_keeps_coming_back_at_an_object_is_counted_for_a_year(triager: Client, town: Town) -> None:
    names = {"name_texts": Texts(nl="Container"), "plural_texts": Texts(nl="Containers")}
    container = asset(town, AssetKind.objects.create(municipality=town.municipality, slug="c", **names), "C-0002")
    for days in (0, 1, 300, 400):
        melding = town.melding(asset=container, received_at=timezone.now() - timedelta(days=days))
    lately = Melding.objects.latest("received_at")
    assert "2 andere meldingen hierover in een jaar" in triager.get(f"/beheer/?list=all&melding={lately.pk}").text
    assert "3 andere" in triager.get(f"/beheer/meldingen/melding/{melding.pk}/change/").text


def test_a_text_without_a_suggestion_says_why(triager: Client, town: Town) -> None:
    melding = full_melding(town)
    Prediction.objects.filter(melding=melding).update(suggestions=[], reason="low_confidence")
    assert "Het model heeft geen voorstel." in triager.get(f"/beheer/?list=all&melding={melding.pk}").text


@pytest.mark.parametrize(("probability", "stands_out"), [(0.69, False), (0.71, True), (0.12, False)])
def test_only_a_guess_that_is_mostly_right_is_the_button_that_stands_out(
    town: Town, triager: Client, probability: float, stands_out: bool
) -> None:
    melding = full_melding(town)
    suggestions = [{"category": "afval|container-vol", "probability": probability}]
    Prediction.objects.filter(melding=melding).update(probability=probability, suggestions=suggestions)
    text = triager.get(f"/beheer/meldingen/melding/{melding.pk}/change/").text
    assert "Klopt: Container vol" in text
    assert (" sure" in text, "zwak voorstel" in text) == (stands_out, not stands_out)


@pytest.mark.parametrize(("probability", "acts"), [(0.69, 1), (0.71, 0)])
def test_in_the_pane_either_the_guess_stands_out_or_the_act(
    town: Town, triager: Client, probability: float, acts: int
) -> None:
    melding = full_melding(town)
    triage.assign(triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member()), town.roads)
    suggestions = [{"category": "afval|container-vol", "probability": probability}]
    Prediction.objects.filter(melding=melding).update(probability=probability, suggestions=suggestions)
    page = BeautifulSoup(triager.get(f"/beheer/?list=all&melding={melding.pk}").text, "html.parser")
    assert (len(page.select(".pane-acts > form .button.primary")), len(page.select(".guesses .sure"))) == (
        acts,
        1 - acts,
    )


def test_who_accepts_a_guess_gives_it_to_the_team_of_that_category(town: Town, triager: Client) -> None:
    melding = full_melding(town)
    triage.assign(triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member()), town.roads)
    page = BeautifulSoup(triager.get(f"/beheer/meldingen/melding/{melding.pk}/change/").text, "html.parser")
    button: Any = page.select_one(".guesses button")
    sent = {str(each["name"]): str(each.get("value", "")) for each in button.find_parent("form").select("input")}
    triager.post(f"/beheer/meldingen/melding/{melding.pk}/recategorise/doen/", sent | {"category": button["value"]})
    melding.refresh_from_db()
    assert (melding.category, melding.team) == (town.container, town.cleaning)


@pytest.mark.parametrize(
    ("source", "email", "is_there"), [("phone", "", True), ("phone", "a@b.nl", False), ("web", "", False)]
)
def test_the_letter_stands_with_who_called_and_left_no_address(
    triager: Client, town: Town, source: str, email: str, is_there: bool
) -> None:
    melding = town.melding(source=source)
    reporter_of(melding, email=email, name="Wim")
    for address in (f"/beheer/?melding={melding.pk}", f"/beheer/meldingen/melding/{melding.pk}/change/"):
        assert (f"/beheer/telefoon/brief/{melding.pk}/" in triager.get(address).text) is is_there
