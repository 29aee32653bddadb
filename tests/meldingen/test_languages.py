from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import QuerySet
from django.test import Client
from django.utils import translation

from meldingen.categories.models import Category
from meldingen.languages import Texts, TextsField
from tests.factories import Town

BIN = Texts(nl="Prullenbak", en="Litter bin")


@pytest.fixture
def french(settings: Any) -> None:
    """A site that is read in French too."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "Frans")]


@pytest.mark.parametrize(
    ("language", "text"), [("nl", "Prullenbak"), ("en", "Litter bin"), ("en-gb", "Litter bin"), ("fr", "Prullenbak")]
)
def test_a_text_that_is_missing_is_read_in_dutch(language: str, text: str) -> None:
    assert BIN.in_(language) == text
    with translation.override(language):
        assert str(BIN) == text


def test_what_is_empty_is_not_there() -> None:
    assert not Texts(nl="", en="")
    assert BIN.but({"en": ""}) == Texts(nl="Prullenbak")


def test_texts_are_stored_and_found_by_language(town: Town) -> None:
    Category.objects.filter(pk=town.dumping.pk).update(name_texts=BIN)
    assert Category.objects.get(name_texts__en__icontains="LITTER").name_texts == BIN
    assert list(Category.objects.filter(pk=town.dumping.pk).values_list("name_texts__nl", flat=True)) == ["Prullenbak"]


def column(**options: Any) -> TextsField:
    return TextsField(max_length=10, **options)


@pytest.mark.parametrize(
    "value",
    [{"en": "Bin"}, {}, {"nl": "x" * 11}, {"nl": "Bak", "en": "x" * 11}, {"nl": "\ud800"}, {"nl": 1},
     {"?": "Bak"}, "Bak", ["Bak"], None],
)  # fmt: skip
def test_what_is_no_text_in_dutch_or_too_long_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        column().clean(value, None)


def test_a_column_that_may_be_empty_asks_for_dutch_once_it_has_a_text() -> None:
    assert column(blank=True).clean({}, None) == Texts()
    with pytest.raises(ValidationError):
        column(blank=True).clean({"en": "Bin"}, None)


def test_programs_read_each_language(french: None, resident: Client, town: Town) -> None:
    Category.objects.filter(pk=town.dumping.pk).update(name_texts=BIN.but({"fr": "Poubelle"}))
    [main] = resident.get("/api/v1/categorieen").json()["categories"]
    [found] = [each["name"] for each in main["categories"] if each["slug"] == "dumping"]
    assert found == {"nl": "Prullenbak", "en": "Litter bin", "fr": "Poubelle"}


def test_names_in_all_languages_come_with_their_rows(french: None, town: Town, django_assert_num_queries: Any) -> None:
    rows: QuerySet[Category] = Category.objects.filter(municipality=town.municipality)
    with django_assert_num_queries(1):
        assert [each.name_texts.in_(code) for each in rows for code in ("nl", "en", "fr")]


def test_a_language_more_asks_for_no_migration(french: None, db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_language_more_can_be_chosen(french: None, resident: Client, town: Town) -> None:
    for path in ("/", "/melden/"):
        page = resident.get(path).content.decode()
        assert 'value="fr" lang="fr"' in page
        assert 'value="en" lang="en"' in page
        assert 'value="nl"' not in page
