import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.classification.formal import Formal
from meldingen.intake.steps.danger import mark_of
from meldingen.intake.steps.formal import WORDS
from meldingen.languages import Texts
from meldingen.record.models import Melding
from meldingen.tenancy.models import FormalText
from tests.factories import Town

TEXT = "Ik maak bezwaar tegen het besluit over de bomen."


def begin(client: Client, text: str = TEXT, **more: str) -> str:
    return client.post("/melden/", {"step": "what", "go": "next", "text": text} | more).text


def test_who_objects_reads_the_right_door_and_may_go_on(resident: Client, town: Town) -> None:
    page = begin(resident)
    assert "Wilt u bezwaar maken?" in page
    assert f'href="mailto:{town.municipality.contact_email}"' in page
    answer = {"step": "formal", "text": TEXT, "formal_answer": "report", "formal_text": mark_of(TEXT)}
    assert "Wilt u bezwaar maken?" not in resident.post("/melden/", answer).text
    assert not Melding.objects.exists()


def test_it_is_asked_once_about_a_text_and_again_about_another(resident: Client, town: Town) -> None:
    answered = {"formal_answer": "report", "formal_text": mark_of(TEXT)}
    assert "Wilt u bezwaar maken?" not in begin(resident, **answered)
    assert "Wilt u schade claimen?" in begin(resident, "Ik stel u aansprakelijk voor mijn fiets.", **answered)


def test_who_is_in_danger_is_asked_about_danger_alone(resident: Client, town: Town) -> None:
    page = begin(resident, "Ik maak bezwaar en er is brand in de container!")
    assert "Wilt u bezwaar maken?" not in page


@pytest.mark.parametrize("kind", Formal)
def test_each_kind_has_its_words(kind: Formal) -> None:
    title, words = WORDS[kind]
    assert str(title).endswith("?")
    assert words


def test_a_town_has_words_and_a_page_of_its_own(resident: Client, town: Town, neighbour: Town) -> None:
    page = "https://stad.example/bezwaar"
    own = {"about": "objection", "words_texts": Texts(nl="Bel de griffie."), "url": page}
    FormalText.objects.create(municipality=town.municipality, **own)
    shown = begin(resident)
    assert ("Bel de griffie." in shown, f'href="{page}"' in shown, "binnen zes weken" in shown) == (True, True, False)
    assert "Bel de griffie." not in begin(Client(headers={"host": neighbour.host}))


@pytest.mark.parametrize("address", ["Gemeente Stad, Postbus 12, 1234 SS Stad", ""])
def test_it_says_where_to_send_it_by_post(resident: Client, town: Town, address: str) -> None:
    town.municipality.postal_address = address
    town.municipality.save()
    page = begin(resident)
    assert (f"Per post: {address}" in page, "Per post" in page) == (bool(address), bool(address))


@pytest.mark.parametrize("door", ["https://stad.example/bezwaar", ""])
def test_the_right_door_stands_out_where_there_is_one(resident: Client, town: Town, door: str) -> None:
    FormalText.objects.create(municipality=town.municipality, about=Formal.OBJECTION, url=door)
    page = BeautifulSoup(begin(resident), "html.parser")
    (out,) = page.select("main .utrecht-button--primary-action")
    assert out.get("href", "") == door
    assert out.get("name", "") == ("" if door else "formal_answer")
