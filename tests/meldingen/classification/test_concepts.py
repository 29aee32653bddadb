import csv
import re

import pytest

from meldingen.classification.concepts import FILE, LANGUAGES, _concepts_of, concepts, terms
from meldingen.classification.patterns import LONGEST
from meldingen.classification.training import train

PATTERN = re.compile(r"\*?[^\W\d_]+('s)?\*?")


@pytest.fixture
def rows() -> list[dict[str, str]]:
    with FILE.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_every_concept_has_words_in_every_language_that_can_be_found(rows: list[dict[str, str]]) -> None:
    assert len({row["concept"] for row in rows}) == len(rows)
    words = [row[language].split() for row in rows for language in LANGUAGES]
    assert all(words)
    assert all(PATTERN.fullmatch(word) for found in words for word in found)
    assert max(len(word) for found in words for word in found) <= LONGEST


def test_no_word_is_listed_twice_for_one_concept_and_language(rows: list[dict[str, str]]) -> None:
    for row in rows:
        for language in LANGUAGES:
            words = row[language].split()
            assert sorted(words) == sorted(set(words)), (row["concept"], language)


@pytest.mark.parametrize(
    "texts",
    [
        ("de prullenbak is vol", "der mülleimer ist voll", "the trash can is full"),
        ("straatlantaarn kapot", "strassenlaterne defekt", "streetlight broken"),
        ("losliggende stoeptegel", "gehwegplatte", "cracked sidewalk"),
        ("fietswrak", "schrottfahrrad", "abandoned bike"),
        ("omgevallen boom", "umgestürzter baum", "fallen tree"),
        ("kuilen in het wegdek", "schlagloch in der fahrbahn", "potholes in the road"),
        ("put verstopt", "gulli verstopft", "clogged drain"),
    ],
)
def test_the_same_thing_is_one_concept_in_every_language(texts: tuple[str, str, str]) -> None:
    shared = set.intersection(*(set(concepts(text)) for text in texts))
    assert shared, [concepts(text) for text in texts]


@pytest.mark.parametrize("text", ["", "\x00", "qwrtp zxcv", "123 456", "😀"])
def test_what_is_about_nothing_has_no_concept(text: str) -> None:
    assert concepts(text) == []


@pytest.mark.parametrize(
    "text",
    ["ich glaube das ist erlaubt", "can you help", "naast de school", "tot morgen", "the last motor", "streifen"],
)
def test_a_word_inside_another_is_no_concept(text: str) -> None:
    assert not {"leaves", "bin", "tree", "dead-plant", "fence", "burrows", "tyre"} & set(concepts(text))


def test_a_concept_counts_once_and_what_is_named_first_once_more() -> None:
    assert concepts("vol vol prullenbak, lamp vol") == ["full", "bin", "lamp"]
    assert terms("vol vol prullenbak, lamp vol") == ["full", "bin", "lamp", "first:full", "first:bin"]


def test_an_ending_makes_no_other_word() -> None:
    assert concepts("stoeltjes") == []
    assert concepts("bankjes") == concepts("bankje")
    assert "bin" not in concepts("binnen")


def test_a_long_word_is_known_by_its_end() -> None:
    assert "bridge" in concepts("straatverlichtingsmastenfabrikantbrug")
    assert concepts("x" * 4_996 + "brug") == ["bridge"]


def test_words_of_thousands_of_letters_are_not_remembered() -> None:
    remembered = _concepts_of.cache_info().currsize
    assert concepts("ab" * 2_500) == []
    assert _concepts_of.cache_info().currsize == remembered


def test_a_word_that_no_example_had_is_understood() -> None:
    texts = ["de prullenbak op de hoek is stuk", "het bankje in het park is stuk"] * 60
    classifier = train(texts, ["afval|bak", "park|bank"] * 60)
    assert classifier.predict_proba(["the wastebasket here please"])[0].argmax() == classifier.classes_.index(
        "afval|bak"
    )
