import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import skops.io
from sklearn.svm import LinearSVC

from meldingen.classification import files
from meldingen.classification.files import describe, load, save, sidecar
from meldingen.classification.model import Classifier
from meldingen.classification.training import train
from tests.meldingen.classification.conftest import examples


@pytest.fixture
def path(classifier: Classifier, tmp_path: Path) -> Path:
    save(classifier, tmp_path / "model.skops")
    return tmp_path / "model.skops"


def redescribe(path: Path, **changes: int | str | None) -> None:
    sidecar(path).write_text(json.dumps(json.loads(sidecar(path).read_text()) | changes))


def test_a_round_trip_gives_identical_probabilities(classifier: Classifier, path: Path) -> None:
    texts = examples(50, seed=5)[0]
    back = load(path)
    assert np.array_equal(back.predict_proba(texts), classifier.predict_proba(texts))
    assert back.decide(texts[0]) == classifier.decide(texts[0])
    assert back.decide("mijn paspoort is gestolen") == classifier.decide("mijn paspoort is gestolen")
    assert back.promise == classifier.promise
    assert back.explain(texts[0]) == classifier.explain(texts[0])


def test_the_description_names_the_file_that_was_written(path: Path) -> None:
    assert describe(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_truncated_file_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(files.TruncatedModelError):
        load(path)


def test_an_altered_file_is_refused(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(files.AlteredModelError):
        load(path)


def test_an_altered_file_with_its_description_altered_too_is_refused_by_the_kept_sha256(
    classifier: Classifier, path: Path
) -> None:
    kept = describe(path).sha256
    path.write_bytes(b"other")
    redescribe(path, sha256=hashlib.sha256(b"other").hexdigest(), size=5)
    with pytest.raises(files.AlteredModelError):
        load(path, sha256=kept)


@pytest.mark.parametrize("change", [{"sklearn": "1.2.0"}, {"sklearn": "0.24"}, {"format": 99}])
def test_another_version_is_refused(path: Path, change: dict[str, int | str]) -> None:
    redescribe(path, **change)
    with pytest.raises(files.VersionMismatchError):
        load(path)


@pytest.mark.parametrize("state", [{"model": LinearSVC()}, {"type": np.float64}, [np.dtype("O")], {"fn": np.sum}])
def test_an_unlisted_type_is_refused_even_one_that_skops_trusts(path: Path, state: dict[str, Any] | list[Any]) -> None:
    content = skops.io.dumps(state)
    path.write_bytes(content)
    redescribe(path, sha256=hashlib.sha256(content).hexdigest())
    with pytest.raises(files.UnlistedTypeError):
        load(path)


@pytest.mark.parametrize("content", [b"", b"PK", skops.io.dumps({}), skops.io.dumps([1])])
def test_what_is_no_classifier_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    redescribe(path, sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    with pytest.raises(files.BrokenModelError):
        load(path)


def test_a_missing_file_is_refused(path: Path) -> None:
    path.unlink()
    with pytest.raises(files.MissingModelError):
        load(path)
    sidecar(path).unlink()
    with pytest.raises(files.MissingModelError):
        load(path)


@pytest.mark.parametrize("description", ["", "{}", "[]", "null", "3"])
def test_a_description_that_cannot_be_read_is_refused(path: Path, description: str) -> None:
    sidecar(path).write_text(description)
    with pytest.raises(files.BrokenModelError):
        load(path)


@pytest.mark.parametrize("change", [{"sklearn": None}, {"sha256": 3}, {"size": "10"}])
def test_a_description_of_other_types_is_refused(path: Path, change: dict[str, Any]) -> None:
    redescribe(path, **change)
    with pytest.raises(files.BrokenModelError):
        load(path)


def replace(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    redescribe(path, sha256=hashlib.sha256(content).hexdigest(), size=len(content))


@pytest.mark.parametrize(
    "change",
    [
        {"promise": {"threshold": "x"}}, {"promise": {"threshold": float("nan"), "stopped": None}}, {"promise": None},
        {"promise": {"threshold": 2.0, "stopped": None}}, {"promise": {"threshold": None, "stopped": "x"}},
        {"promise": {"threshold": 0.9, "stopped": "no_promise"}}, {"promise": {"other": 1}}, {"precision": None},
        {"promise": {"never": [3]}}, {"offsets": np.zeros(3)}, {"offsets": np.full(4, np.nan)}, {"certainty": {}},
        {"certainty": {"bias": 0.0, "slope": float("inf"), "length": 0.0}}, {"ours": {}}, {"ours_weights": np.zeros(3)},
        {"ours": {"terms": "a\na", "bias": 0.0, "floor": 0.0}, "ours_weights": np.zeros(2, np.float32)},
        {"folded": None}, {"folded": {"a": 3}},
        {"classes": [1, 2, 3, 4]}, {"classes": ["a", "a", "b", "c"]}, {"classes": "abcd"}, {"classes": []},
        {"bias": np.zeros((1, 4), np.float32)}, {"bias": np.array(["a", "b", "c", "d"])},
        {"bias": np.full(4, np.nan, np.float32)}, {"weights": np.zeros((3, 4), np.float16)},
        {"idf": {"words": [1.0], "letters": [1.0]}}, {"terms": {"words": "a", "letters": "b"}}, {"terms": None},
    ],
    ids=str,
)  # fmt: skip
def test_parts_that_do_not_fit_are_refused_before_a_text_meets_them(
    classifier: Classifier, path: Path, change: dict[str, Any]
) -> None:
    replace(path, skops.io.dumps(files._state(classifier) | change))
    with pytest.raises(files.BrokenModelError):
        load(path)


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.int16])
def test_weights_of_another_kind_of_number_are_refused(classifier: Classifier, path: Path, kind: type) -> None:
    state = files._state(classifier)
    replace(path, skops.io.dumps(state | {"weights": state["weights"].astype(kind)}))
    with pytest.raises(files.BrokenModelError):
        load(path)


def repacked(content: bytes, change: Callable[..., Any]) -> bytes:
    """The archive with every member replaced by change(name, its bytes); None leaves it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (changed := change(name, old.read(name))) is not None:
                new.writestr(name, changed)
    return out.getvalue()


HOSTILE = {
    "no schema": lambda name, content: None if name == "schema.json" else content,
    "no array": lambda name, content: None if name.endswith(".npy") else content,
    "no numbers": lambda name, content: b"x" if name.endswith(".npy") else content,
    "a list": lambda name, content: b"[]" if name == "schema.json" else content,
    "without end": lambda name, content: b"[" * 100_000 if name == "schema.json" else content,
    "no text": lambda name, content: b"\xff" if name == "schema.json" else content,
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=list(HOSTILE))
def test_an_archive_that_was_tampered_with_is_refused(path: Path, change: Callable[..., Any]) -> None:
    replace(path, repacked(path.read_bytes(), change))
    with pytest.raises(files.BrokenModelError):
        load(path)


def test_a_file_that_unpacks_to_too_much_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = repacked(path.read_bytes(), lambda name, content: bytes(10_000_001) if name.endswith(".npy") else content)
    replace(path, bomb)
    monkeypatch.setattr(files, "MAX_BYTES", 10_000_000)
    with pytest.raises(files.BrokenModelError, match="unpacks to more"):
        load(path)


def test_a_schema_that_unpacks_to_too_much_is_refused_unread(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = repacked(path.read_bytes(), lambda name, c: c + b" " * 10_000_000 if name == "schema.json" else c)
    replace(path, bomb)
    assert load(path)
    monkeypatch.setattr(files, "MAX_BYTES", 10_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "read", None)
    with pytest.raises(files.BrokenModelError, match="unpacks to more"):
        load(path)


def test_a_file_is_read_no_further_than_a_model_can_be(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", path.stat().st_size - 2)
    with pytest.raises(files.TruncatedModelError):
        load(path)


def test_one_array_asked_for_often_is_a_bomb_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
        biggest = max(archive.infolist(), key=lambda entry: entry.file_size * entry.filename.endswith(".npy")).filename
    monkeypatch.setattr(files, "MAX_BYTES", unpacked)
    assert load(path)
    pattern = rb'"file": "[^"]+"'
    again = f'"file": "{biggest}", "more": [{{"file": "{biggest}"}}, {{"file": "{biggest}"}}]'.encode()
    replace(path, repacked(content, lambda name, c: re.sub(pattern, again, c) if name == "schema.json" else c))
    with pytest.raises(files.BrokenModelError, match="unpacks to more"):
        load(path)


@pytest.mark.parametrize("loader", ["MethodNode", "FunctionNode", "ReduceNode", "ObjectNode", "OperatorFuncNode", "X"])
def test_a_listed_type_from_another_reader_is_refused(path: Path, loader: str) -> None:
    new = f'"__loader__": "{loader}"'.encode()
    replace(path, repacked(path.read_bytes(), lambda _, content: content.replace(b'"__loader__": "DictNode"', new)))
    with pytest.raises(files.UnlistedTypeError):
        load(path)


def test_an_empty_sha256_is_not_taken_for_none(path: Path) -> None:
    with pytest.raises(files.AlteredModelError):
        load(path, sha256="")


def test_labels_of_numpy_and_labels_that_are_no_text_come_back(tmp_path: Path) -> None:
    texts, labels = examples(200)
    odd = [np.str_(label) if label > "m" else "\ud800|\x00\n" for label in labels]
    classifier = train(texts, odd)
    save(classifier, tmp_path / "odd.skops")
    back = load(tmp_path / "odd.skops")
    assert back.classes_ == classifier.classes_
    assert {type(label) for label in back.classes_} == {str}


def test_a_model_without_a_threshold_comes_back(tmp_path: Path) -> None:
    classifier = train(["de bak is vol", "de lamp is uit"] * 5, ["afval", "licht"] * 5, min_examples=5)
    save(classifier, tmp_path / "small.skops")
    back = load(tmp_path / "small.skops")
    assert (back.threshold, back.promise, back.ours) == (None, classifier.promise, None)


def test_a_folder_or_an_impossible_name_is_a_missing_model(path: Path, tmp_path: Path) -> None:
    for place in (tmp_path, path / "inside", tmp_path / "a\x00b"):
        with pytest.raises(files.MissingModelError):
            load(place)


def test_writers_at_the_same_time_leave_whole_files_and_nothing_else(classifier: Classifier, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(lambda _: save(classifier, tmp_path / "model.skops"), range(12)))
    assert hashlib.sha256((tmp_path / "model.skops").read_bytes()).hexdigest() in {model.sha256 for model in kept}
    assert describe(tmp_path / "model.skops") in kept
    assert {path.name for path in tmp_path.iterdir()} == {"model.skops", "model.skops.json"}


def test_a_save_that_fails_leaves_nothing_behind(classifier: Classifier, tmp_path: Path) -> None:
    (tmp_path / "model.skops").mkdir()
    with pytest.raises(OSError, match="model"):
        save(classifier, tmp_path / "model.skops")
    assert [path.name for path in tmp_path.iterdir()] == ["model.skops"]
