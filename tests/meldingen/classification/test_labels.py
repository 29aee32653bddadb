import pytest

from meldingen.classification import labels as labelling
from meldingen.classification.labels import fold, is_rest, name


def test_rare_labels_fold_into_the_rest_of_their_parent_or_of_all() -> None:
    labels = ["a|x"] * 40 + ["a|y"] * 20 + ["a|z"] * 15 + ["b|x"] * 5 + ["c"] * 2
    assert fold(labels, 30) == {"a|y": "a|overig", "a|z": "a|overig", "b|x": "overig", "c": "overig"}


@pytest.mark.parametrize("label", ["a|overig", "overig"])
def test_a_rest_label_that_is_rare_is_counted_once_and_no_class_of_its_own(label: str) -> None:
    labels = [label] * 20 + ["b"] * 40 + ["c"] * 40
    assert fold(labels, 30) == {label: "overig"}
    assert fold([*labels, *["a|x"] * 9], 30) == fold([*["a|x"] * 9, *labels], 30)


def test_there_are_no_more_classes_than_training_has_time_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelling, "MAX_LABELS", 5)
    labels = [f"m{i}|x" for i in range(40) for _ in range(40 - i)] + ["a"] * 99
    folded = fold(labels, 30)
    assert {folded.get(label, label) for label in labels} == {"a", "m0|x", "m1|x", "m2|x", "m3|x", "overig"}


@pytest.mark.parametrize("label", ["overig", "afval|overig", "afval|overig-afval", "afval|afval-overig"])
def test_a_label_that_only_means_something_else_is_a_rest_class(label: str) -> None:
    assert is_rest(label)


@pytest.mark.parametrize("label", ["afval|container-vol", "overig|wespen", "afval|overigens", "hinweise|hinweise"])
def test_a_label_that_means_something_is_none(label: str) -> None:
    assert not is_rest(label)


def test_the_words_of_a_label_are_known_before_its_first_text() -> None:
    assert name("afval|container-vol") == "afval container vol"
