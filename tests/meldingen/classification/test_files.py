import hashlib
import json

import numpy as np
import pytest
import skops.io
from sklearn.svm import LinearSVC

from meldingen.classification import files
from meldingen.classification.files import describe, load, save, sidecar
from tests.meldingen.classification.conftest import examples


@pytest.fixture
def path(classifier, tmp_path):
    save(classifier, tmp_path / "model.skops")
    return tmp_path / "model.skops"


def redescribe(path, **changes):
    sidecar(path).write_text(json.dumps(json.loads(sidecar(path).read_text()) | changes))


def test_a_round_trip_gives_identical_probabilities(classifier, path):
    texts = examples(50, seed=5)[0]
    back = load(path)
    assert np.array_equal(back.predict_proba(texts), classifier.predict_proba(texts))
    assert back.decide(texts[0]) == classifier.decide(texts[0])
    assert back.explain(texts[0]) == classifier.explain(texts[0])


def test_the_description_names_the_file_that_was_written(path):
    assert describe(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_truncated_file_is_refused(path):
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(files.TruncatedModelError):
        load(path)


def test_an_altered_file_is_refused(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(files.AlteredModelError):
        load(path)


def test_an_altered_file_with_its_description_altered_too_is_refused_by_the_kept_sha256(classifier, path):
    kept = describe(path).sha256
    path.write_bytes(b"other")
    redescribe(path, sha256=hashlib.sha256(b"other").hexdigest(), size=5)
    with pytest.raises(files.AlteredModelError):
        load(path, sha256=kept)


@pytest.mark.parametrize("change", [{"sklearn": "1.2.0"}, {"sklearn": "0.24"}, {"format": 99}])
def test_another_version_is_refused(path, change):
    redescribe(path, **change)
    with pytest.raises(files.VersionMismatchError):
        load(path)


@pytest.mark.parametrize("state", [{"model": LinearSVC()}, {"type": np.float64}, [np.dtype("O")], {"fn": np.sum}])
def test_an_unlisted_type_is_refused_even_one_that_skops_trusts(path, state):
    content = skops.io.dumps(state)
    path.write_bytes(content)
    redescribe(path, sha256=hashlib.sha256(content).hexdigest())
    with pytest.raises(files.UnlistedTypeError):
        load(path)


@pytest.mark.parametrize("content", [b"", b"PK", skops.io.dumps({}), skops.io.dumps([1])])
def test_what_is_no_classifier_is_refused(path, content):
    path.write_bytes(content)
    redescribe(path, sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    with pytest.raises(files.BrokenModelError):
        load(path)


def test_a_missing_file_is_refused(path):
    path.unlink()
    with pytest.raises(files.MissingModelError):
        load(path)
    sidecar(path).unlink()
    with pytest.raises(files.MissingModelError):
        load(path)


@pytest.mark.parametrize("description", ["", "{}", "[]", "null", "3"])
def test_a_description_that_cannot_be_read_is_refused(path, description):
    sidecar(path).write_text(description)
    with pytest.raises(files.BrokenModelError):
        load(path)
