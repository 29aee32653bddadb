from datetime import date
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from meldingen.classification import fitting
from meldingen.classification.features import Features
from meldingen.classification.fitting import Examples, ages, counts, fit, linear
from meldingen.classification.labels import name
from tests.meldingen.classification.conftest import examples
from tests.sure import sure


@pytest.fixture
def known() -> Examples:
    texts, labels = examples(200)
    features, matrix = Features.fit(texts, most=5_000)
    classes = sorted(set(labels))
    return Examples(matrix, np.searchsorted(classes, labels), None, features.transform([name(c) for c in classes]))


def test_the_held_out_scores_are_those_of_machines_that_saw_other_texts(known: Examples) -> None:
    fitted = fit(known)
    seen = known.matrix @ fitted.weights + fitted.bias
    held_out = sure(fitted.held_out)
    assert held_out.shape == seen.shape
    assert not np.allclose(held_out, seen)


def rows_learnt_from(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Machines that learn nothing, and the rows that each was given."""
    rows = []

    def machines(examples: Examples, given: Any) -> tuple[Any, Any]:
        rows.append(given)
        return np.zeros((examples.matrix.shape[1], 8)), np.zeros(8)

    monkeypatch.setattr(fitting, "machines", machines)
    return rows


def test_the_newest_stretch_knows_only_the_past(known: Examples, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_learnt_from(monkeypatch)
    fitting._held_out(known, [(0, 50), (50, 100), (100, 150), (150, 200)])
    assert rows[-1].max() < 150
    assert {len(r) for r in rows} == {150}


def test_of_very_many_examples_a_sample_of_all_times_scores_what_is_held_out(
    known: Examples, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = rows_learnt_from(monkeypatch)
    monkeypatch.setattr(fitting, "SAMPLE", 30)
    fitting._held_out(known, [(0, 50), (50, 200)])
    assert [(len(r), r.min(), r.max()) for r in rows] == [(30, 50, 199), (30, 0, 49)]


def test_few_examples_are_fitted_without_calibration(known: Examples) -> None:
    few = Examples(known.matrix[:50], known.target[:50], None, known.names)
    assert fit(few).held_out is None


def test_an_age_is_counted_in_days_from_the_newest() -> None:
    assert ages([date(2024, 2, 28), *[date(2024, 3, 1)] * 99]).tolist() == [2, *[0] * 99]


@pytest.mark.parametrize("n", [3, 150])
def test_a_date_in_the_far_future_ages_nothing(n: int) -> None:
    assert ages([*[date(2024, 1, 1)] * n, date(9999, 12, 31)]).tolist() == [0] * (n + 1)


def test_the_oldest_example_still_counts(known: Examples) -> None:
    old = np.zeros(200)
    old[0] = 3_000_000.0
    aged = Examples(known.matrix, known.target, old, known.names)
    assert fitting._freshness(aged, np.arange(200)).min() > 0


def counted(rows: list[tuple[int, list[Any], int]], days: Any = None) -> Examples:
    """Examples of classes 0 and 1 out of (how many, columns of the three words that they have, class)."""
    matrix = np.repeat([np.isin(range(3), words) for _, words, _ in rows], [n for n, _, _ in rows], axis=0)
    target = np.repeat([number for _, _, number in rows], [n for n, _, _ in rows])
    return Examples(sparse.csr_matrix(matrix, dtype=float), target, days, sparse.csr_matrix((2, 3)))


def chosen(examples: Examples, word: int) -> int:
    """The class of a text of one word."""
    weights, bias = linear(examples, np.arange(len(examples.target)))
    return int((weights[word] + bias).argmax())


def test_a_rare_class_has_the_word_that_all_its_texts_have() -> None:
    assert chosen(counted([(170, [0], 0), (20, [1], 0), (10, [1], 1)]), word=1) == 1


def test_a_word_that_moved_to_another_class_is_decided_by_the_newer_examples() -> None:
    rows = [(60, [1], 0), (60, [0], 0), (40, [1], 1), (80, [2], 1)]
    days = np.repeat([2_000.0, 0.0, 0.0, 0.0], [n for n, _, _ in rows])
    assert chosen(counted(rows), word=1) == 0
    assert chosen(counted(rows, days), word=1) == 1


@pytest.fixture
def silent() -> Examples:
    """Examples of three classes, unequal in number, whose four words are chance; no example has the labels' words."""
    matrix = np.hstack([np.random.default_rng(0).random((210, 4)), np.zeros((210, 3))])
    names = sparse.csr_matrix(np.hstack([np.zeros((3, 4)), np.eye(3)]))
    return Examples(sparse.csr_matrix(matrix), np.repeat(range(3), [120, 60, 30]), None, names)


def test_a_text_of_the_words_of_a_label_is_that_label_when_the_examples_say_nothing(silent: Examples) -> None:
    weights, bias = linear(silent, np.arange(210))
    assert (silent.names @ weights + bias).argmax(axis=1).tolist() == [0, 1, 2]


def test_the_words_of_a_label_are_counted_too(silent: Examples) -> None:
    assert (silent.names @ counts(silent, np.arange(210))).argmax(axis=1).tolist() == [0, 1, 2]
