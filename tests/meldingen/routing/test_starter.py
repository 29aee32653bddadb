from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.checks import run_checks
from pytest_django import DjangoAssertNumQueries, Settings

from meldingen.routing import prediction, starter
from tests.factories import CategoryFactory, Town
from tests.learned import CONTAINER, learn

FULL_BIN = "The bin is full"
SENTENCES = Path(__file__).with_name("both_languages.txt")


@pytest.fixture(autouse=True)
def fresh_process() -> Iterator[None]:
    prediction.forget_models()
    starter.forget()
    yield
    starter.forget()


def names(town: Town, text: str) -> list[str]:
    return [found.category.slug for found in prediction.suggest(town.municipality, text)]


def test_a_town_without_a_model_has_its_category_by_the_common_subject(town: Town) -> None:
    CategoryFactory.create(municipality=town.municipality, parent=town.waste, slug="bak", subject="prullenbak-vol")
    assert names(town, FULL_BIN)[0] == "bak"
    assert names(town, "De prullenbak puilt uit")[0] == "bak"


def test_a_town_may_have_one_category_for_all_subjects_of_a_kind(town: Town) -> None:
    CategoryFactory.create(
        municipality=town.municipality, parent=town.waste, slug="lampen", subject="straatverlichting"
    )
    for text in ("The street light is out", "The lamp post was hit by a car", "De lamp brandt overdag"):
        assert names(town, text)[0] == "lampen"


def test_a_language_that_the_model_of_a_town_does_not_know_is_asked_of_the_starter(town: Town) -> None:
    learn(town)
    CategoryFactory.create(municipality=town.municipality, parent=town.waste, slug="bak", subject="prullenbak-vol")
    assert names(town, FULL_BIN)[0] == "bak"
    assert names(town, CONTAINER)[0] == town.container.slug


def test_in_another_language_the_starter_comes_before_a_model_that_is_not_sure(town: Town) -> None:
    learn(town)
    CategoryFactory.create(municipality=town.municipality, parent=town.waste, slug="bak", subject="prullenbak-vol")
    unsure = f"{FULL_BIN}, glas naast de"
    own = prediction.suggest(town.municipality, CONTAINER, is_foreign=True)
    assert own[0].category == town.container
    assert prediction.suggest(town.municipality, unsure, is_foreign=True)[0].category.slug == "bak"


@pytest.mark.parametrize("text", ["de bin is full", "trash can is overflowing", FULL_BIN])
def test_words_that_the_model_of_a_town_half_knows_are_asked_of_the_starter(town: Town, text: str) -> None:
    learn(town)
    CategoryFactory.create(municipality=town.municipality, parent=town.waste, slug="bak", subject="prullenbak-vol")
    assert names(town, text)[0] == "bak"


def test_what_residents_write_of_main_subjects_gets_its_subject_in_either_language(town: Town) -> None:
    """These were written before the lists of the starter were read."""
    pairs = [line.split("|") for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    for subject in dict(pairs):
        CategoryFactory.create(municipality=town.municipality, parent=town.waste, slug=subject, subject=subject)
    assert [text for subject, text in pairs if subject not in names(town, text)] == []


def test_words_of_another_language_are_asked_of_the_starter_whatever_the_language_of_the_page(town: Town) -> None:
    own = "container the is klep"  # a few reports in English were among those that the model saw
    learn(town, words={"afval|container-vol": own, "afval|dumping": "bankstel the is matras"})
    CategoryFactory.create(municipality=town.municipality, parent=town.waste, slug="bak", subject="prullenbak-vol")
    assert names(town, "de klep van de container is los")[0] == town.container.slug
    assert names(town, FULL_BIN)[0] == "bak"


def test_a_model_that_is_sure_of_the_few_words_that_it_knows_is_not_believed(town: Town) -> None:
    learn(town)
    CategoryFactory.create(municipality=town.municipality, parent=town.waste, slug="bak", subject="prullenbak-vol")
    half_known = "container klep er litter bin full"
    assert prediction.predict(town.melding(text=half_known)).action == "route"
    assert names(town, half_known)[0] == "bak"


def test_it_is_sure_of_nothing_and_routes_nothing(town: Town) -> None:
    CategoryFactory.create(municipality=town.municipality, parent=town.waste, slug="bak", subject="prullenbak-vol")
    assert not any(found.is_sure for found in prediction.suggest(town.municipality, FULL_BIN))
    assert prediction.predict(town.melding(text=FULL_BIN)).reason == "no_model"


@pytest.mark.parametrize("text", ["My passport has expired", "xyzzy plugh", "", "hello"])
def test_it_says_nothing_of_what_it_does_not_know(town: Town, text: str) -> None:
    CategoryFactory.create(municipality=town.municipality, parent=town.waste, slug="bak", subject="prullenbak-vol")
    assert names(town, text) == []


def test_without_its_file_there_are_no_suggestions_and_a_check_says_so(
    town: Town, settings: Settings, tmp_path: Path
) -> None:
    CategoryFactory.create(municipality=town.municipality, parent=town.waste, slug="bak", subject="prullenbak-vol")
    assert [found for found in run_checks(databases=["default"]) if found.id == "meldingen.W006"] == []
    settings.STARTER_MODEL = tmp_path / "starter.model"
    starter.forget()
    assert names(town, FULL_BIN) == []
    (warning,) = [found for found in run_checks(databases=["default"]) if found.id == "meldingen.W006"]
    assert "meldingen.classification.starting" in (warning.hint or "")


def test_it_asks_two_queries(town: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    names(town, FULL_BIN)
    with django_assert_num_queries(2):
        names(town, FULL_BIN)
