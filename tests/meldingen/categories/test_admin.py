from typing import Any

import pytest
from django.test import Client

from meldingen.categories.models import Category
from meldingen.languages import Texts
from tests.factories import Town

BIN = Texts(nl="Prullenbak", en="Litter bin")


@pytest.fixture
def french(settings: Any) -> None:
    """A site that is read in French too."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "Frans")]


def test_texts_are_typed_in_a_box_for_each_language(french: None, manager: Client, town: Town) -> None:
    address = f"/beheer/meldingen/category/{town.dumping.pk}/change/"
    page = manager.get(address).content.decode()
    assert [f'name="name_texts_{code}"' in page for code in ("nl", "en", "fr", "de")] == [True, True, True, False]
    typed = {"slug": "dumping", "public_as": "cijfers", "service_unit": "hours", "parent": town.waste.pk}
    names = {"name_texts_nl": "Cafe\u0301", "name_texts_fr": "Dépôt"}
    assert manager.post(address, typed | names).status_code == 302
    assert Category.objects.get(pk=town.dumping.pk).name_texts == Texts(nl="Café", fr="Dépôt")


def test_a_name_without_dutch_is_refused_in_words(manager: Client, town: Town) -> None:
    typed = {"slug": "dumping", "public_as": "cijfers", "service_unit": "hours", "name_texts_en": "Dumping"}
    answer: Any = manager.post(f"/beheer/meldingen/category/{town.dumping.pk}/change/", typed)
    assert list(answer.context["adminform"].form.errors) == ["name_texts"]


def test_texts_of_a_language_that_is_not_offered_now_stay(manager: Client, town: Town) -> None:
    Category.objects.filter(pk=town.dumping.pk).update(name_texts=BIN.but({"fr": "Poubelle"}))
    typed = {"slug": "dumping", "public_as": "cijfers", "service_unit": "hours", "name_texts_nl": "Bak"}
    manager.post(f"/beheer/meldingen/category/{town.dumping.pk}/change/", typed | {"parent": town.waste.pk})
    assert Category.objects.get(pk=town.dumping.pk).name_texts == Texts(nl="Bak", fr="Poubelle")


def test_a_colleague_finds_a_category_in_each_language(manager: Client, town: Town) -> None:
    Category.objects.filter(pk=town.dumping.pk).update(name_texts=BIN)
    for term in ("prullen", "litter"):
        found: Any = manager.get("/beheer/meldingen/category/", {"q": term})
        assert list(found.context["cl"].result_list) == [town.dumping]


@pytest.mark.parametrize("amount", ["0", "1000", "40000"])
def test_a_service_level_is_an_amount_that_can_be(manager: Client, town: Town, amount: str) -> None:
    typed = {"slug": "dumping", "public_as": "cijfers", "service_unit": "hours", "service_amount": amount}
    answer: Any = manager.post(
        f"/beheer/meldingen/category/{town.dumping.pk}/change/", typed | {"name_texts_nl": "Bak"}
    )
    assert list(answer.context["adminform"].form.errors) == ["service_amount"]


def test_who_shows_single_meldingen_names_the_decision(manager: Client, town: Town) -> None:
    address = f"/beheer/meldingen/category/{town.dumping.pk}/change/"
    typed = {"slug": "dumping", "public_as": "kaart", "service_unit": "hours", "name_texts_nl": "Bak"}
    answer: Any = manager.post(address, typed | {"parent": town.waste.pk})
    assert list(answer.context["adminform"].form.errors) == ["decision", "decided_on"]
    decided = {"decision": "Besluit van het college", "decided_on": "2026-01-05", "prompt_after_hours": ""}
    assert manager.post(address, typed | decided | {"parent": town.waste.pk}).status_code == 302
    kept = Category.objects.get(pk=town.dumping.pk)
    assert (kept.decision, kept.prompt_after_hours) == ("Besluit van het college", 24)
    assert kept.public_from is not None
