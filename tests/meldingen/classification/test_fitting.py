from datetime import date

import numpy as np
import pytest

from meldingen.classification import fitting
from meldingen.classification.features import Features
from meldingen.classification.fitting import NOISE, Examples, ages, fit, probabilities
from meldingen.classification.training import name
from tests.meldingen.classification.conftest import examples


@pytest.fixture
def known():
    texts, labels = examples(200)
    features, matrix = Features.fit(texts, most=5_000)
    classes = sorted(set(labels))
    return Examples(matrix, np.searchsorted(classes, labels), None, features.transform([name(c) for c in classes]))


def test_no_class_is_more_likely_than_the_noise_of_labels_allows():
    chances = probabilities(np.array([[1_000.0, 0.0, -1_000.0]]))
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert chances.max() == pytest.approx(1 - NOISE + NOISE / 3)


def test_the_held_out_scores_are_those_of_machines_that_saw_other_texts(known):
    fitted = fit(known)
    seen = known.matrix @ fitted.weights + fitted.bias
    assert fitted.held_out.shape == seen.shape
    assert not np.allclose(fitted.held_out, seen)


def test_the_newest_stretch_knows_only_the_past(known, monkeypatch):
    rows = []
    monkeypatch.setattr(
        fitting, "machines", lambda e, r: rows.append(r) or (np.zeros((e.matrix.shape[1], 8)), np.zeros(8))
    )
    fitting._held_out(known)
    assert rows[-1].max() < 150
    assert {len(r) for r in rows} == {150}


def test_few_examples_are_fitted_without_calibration(known):
    few = Examples(known.matrix[:50], known.target[:50], None, known.names)
    assert fit(few).held_out is None


def test_an_age_is_counted_in_days_from_the_newest():
    assert ages([date(2024, 2, 28), date(2024, 3, 1)]).tolist() == [2, 0]
