from datetime import date

import numpy as np
import pytest

from meldingen.classification import fitting
from meldingen.classification.features import Features
from meldingen.classification.fitting import Examples, ages, fit
from meldingen.classification.training import name
from tests.meldingen.classification.conftest import examples


@pytest.fixture
def known():
    texts, labels = examples(200)
    features, matrix = Features.fit(texts, most=5_000)
    classes = sorted(set(labels))
    return Examples(matrix, np.searchsorted(classes, labels), None, features.transform([name(c) for c in classes]))


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
    fitting._held_out(known, [(0, 50), (50, 100), (100, 150), (150, 200)])
    assert rows[-1].max() < 150
    assert {len(r) for r in rows} == {150}


def test_few_examples_are_fitted_without_calibration(known):
    few = Examples(known.matrix[:50], known.target[:50], None, known.names)
    assert fit(few).held_out is None


def test_an_age_is_counted_in_days_from_the_newest():
    assert ages([date(2024, 2, 28), date(2024, 3, 1)]).tolist() == [2, 0]


def test_a_date_in_the_far_future_ages_nothing():
    days = [date(2024, 1, 1)] * 150
    assert ages([*days, date(9999, 12, 31)]).tolist() == [0] * 151


def test_the_oldest_example_still_counts(known):
    old = np.zeros(200)
    old[0] = 3_000_000.0
    aged = Examples(known.matrix, known.target, old, known.names)
    assert fitting._freshness(aged, np.arange(200)).min() > 0
