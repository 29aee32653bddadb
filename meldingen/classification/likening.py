"""Writes the weights of `likeness`: `python -m meldingen.classification.likening`.

It learns from the sentences in `sentences/`, written for it, and from the invented examples of the demonstration, in
which what the words of `emergencies` find is left out or counts as the hazard that it is. The same sentences give the
same file.
"""

from collections import Counter
from collections.abc import Sequence
from csv import DictReader
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from meldingen.classification import emergencies
from meldingen.classification.dangers import Kind
from meldingen.classification.likeness import FEW, FILE, features, is_dutch, words_of

SENTENCES = Path(__file__).with_name("sentences")
EXAMPLES = Path(__file__).parent.parent / "demo" / "lindewaard" / "examples.csv"
KEPT = 12_000  # features, the weightiest
SEEN = 2  # texts in which a feature must occur
STRENGTH = 100.0  # the C of the regression

Labelled = list[tuple[str, bool]]


def labelled() -> Labelled:
    """Return the texts to learn from, each once, and whether it is of an emergency. What is everyday is Dutch."""
    everyday = {text for name in ("everyday", "hazards") for text in _sentences(name)}
    with EXAMPLES.open(encoding="utf-8", newline="") as rows:
        texts = {row["text"] for row in DictReader(rows)}
    everyday |= {text for text in texts if emergencies.named_danger(text) in (None, Kind.HAZARD)}
    dutch = {text for text in everyday if is_dutch(words_of(text))}
    parts = {part for text in dutch for part in emergencies.sentences(text) if len(words_of(part)) >= FEW}
    emergency = set(_sentences("emergencies"))
    return [(text, text in emergency) for text in sorted(dutch | parts | emergency)]


def learn(texts: Labelled) -> dict[str, float]:
    """Return the weights of the weightiest features."""
    seen = [features(words_of(text)) for text, _emergency in texts]
    counts = Counter(feature for each in seen for feature in each)
    columns = {name: place for place, name in enumerate(sorted(n for n, count in counts.items() if count >= SEEN))}
    # Without a bias: of words that it never saw it says nothing.
    machine = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0, fit_intercept=False)
    machine.fit(_matrix(seen, columns), [emergency for _text, emergency in texts])
    weights = machine.coef_[0]
    kept = set(np.argsort(-np.abs(weights), kind="stable")[:KEPT].tolist())
    return {name: round(float(weights[place]), 2) for name, place in columns.items() if place in kept}


def write(path: Path = FILE) -> None:
    """Learn and write the file, a line for each feature."""
    rows = learn(labelled()).items()
    path.write_text("".join(f"{name}\t{weight:g}\n" for name, weight in rows), encoding="utf-8")


def _sentences(name: str) -> list[str]:
    return (SENTENCES / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def _matrix(seen: Sequence[set[str]], columns: dict[str, int]) -> sparse.csr_matrix:
    rows, places, values = [], [], []
    for row, each in enumerate(seen):
        known = [columns[feature] for feature in each if feature in columns]
        rows += [row] * len(known)
        places += known
        values += [len(each) ** -0.5] * len(known)
    return sparse.csr_matrix((values, (rows, places)), shape=(len(seen), len(columns)))


if __name__ == "__main__":
    write()
