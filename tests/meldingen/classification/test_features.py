import numpy as np
import pytest

from meldingen.classification.features import KINDS, NOTHING, Features

TEXTS = ["de lamp is uit", "de lamp is stuk", "de bak is vol", "de bak is stuk"]


def test_restored_features_are_the_same() -> None:
    features, matrix = Features.fit(TEXTS, most=100)
    again = Features.restore({k: features.terms(k) for k in KINDS}, {k: features.idf(k) for k in KINDS})
    assert np.array_equal(again.transform(TEXTS).toarray(), matrix.toarray())


def test_terms_of_one_text_alone_are_not_kept() -> None:
    features, _ = Features.fit(TEXTS, most=100)
    assert "lamp" in features.words
    assert "vol" not in features.words


def test_there_are_no_more_words_and_letters_than_asked_for() -> None:
    features, _ = Features.fit(TEXTS, most=8)
    assert len(features.terms("words") + features.terms("letters")) <= 8


def test_concepts_of_one_text_alone_are_not_kept() -> None:
    assert Features.fit(TEXTS, most=100)[0].terms("concepts") == ["broken", "first:broken", "first:lamp", "lamp"]


def test_texts_with_the_same_words_are_nearer_than_texts_about_the_same_thing() -> None:
    texts = ["zwarte prullenbak", "grote wastebasket", "zwarte boom", "zwarte lamp"]
    matrix = Features.fit(texts, most=1_000, min_df=1)[1].toarray()
    same_thing, same_word = matrix[0] @ matrix[1], matrix[0] @ matrix[2]
    assert 0 < same_thing < same_word


def test_texts_about_nothing_that_has_a_name_have_features() -> None:
    features, matrix = Features.fit(["aaaa bbbb", "aaaa cccc"], most=100)
    assert matrix.nnz
    assert features.terms("concepts") == [NOTHING]
    assert features.transform(["lamp"]).nnz == 0


def test_texts_without_common_terms_have_no_features() -> None:
    with pytest.raises(ValueError, match=r"no terms remain|empty vocabulary"):
        Features.fit(["een", "twee"], most=100)
