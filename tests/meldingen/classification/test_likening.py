from pathlib import Path

import pytest

from meldingen.classification import likening
from meldingen.classification.likeness import FILE, features, is_dutch, words_of

TEXTS = [
    ("er ligt een man op straat", True),
    ("er ligt een vrouw op straat", True),
    ("er ligt een zak op straat", False),
    ("er ligt een krant op straat", False),
]


def score(weights: dict[str, float], text: str) -> float:
    return sum(weights.get(feature, 0) for feature in features(words_of(text)))


def test_it_learns_what_sets_one_apart_from_the_other() -> None:
    weights = likening.learn(TEXTS * 2)
    assert score(weights, "een man op straat") > 0 > score(weights, "een zak op straat")


def test_only_the_weightiest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likening, "MOST_FEATURES", 5)
    assert len(likening.learn(TEXTS * 2)) == 5


def test_everyday_texts_are_dutch_and_stand_whole_and_in_parts() -> None:
    texts = dict(likening.examples())
    assert {True, False} == set(texts.values())
    assert all(is_dutch(words_of(text)) or label or len(text) < 200 for text, label in texts.items())
    assert len(texts) > 3_000


@pytest.mark.slow
def test_the_weights_in_the_file_are_what_the_sentences_say(tmp_path: Path) -> None:
    likening.write(tmp_path / "again.tsv")
    kept, again = (
        dict(line.split("\t") for line in path.read_text().splitlines()) for path in (FILE, tmp_path / "again.tsv")
    )
    shared = kept.keys() & again.keys()
    assert len(shared) > 0.98 * len(kept)
    assert sum(abs(float(kept[name]) - float(again[name])) > 0.1 for name in shared) < 0.02 * len(shared)
