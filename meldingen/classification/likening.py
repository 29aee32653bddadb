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
MOST_FEATURES = 12_000  # features, the weightiest
FEWEST_TEXTS = 2  # texts in which a feature must occur
STRENGTH = 100.0  # the C of the regression

Examples = list[tuple[str, bool]]


def examples() -> Examples:
    """Return the texts to learn from, each once, and whether it is of an emergency. What is everyday is Dutch."""
    everyday = {text for name in ("everyday", "hazards") for text in _sentences(name)}
    with EXAMPLES.open(encoding="utf-8", newline="") as rows:
        texts = {row["text"] for row in DictReader(rows)}
    everyday |= {text for text in texts if emergencies.named_danger(text) in (None, Kind.HAZARD)}
    dutch = {text for text in everyday if is_dutch(words_of(text))}
    parts = {part for text in dutch for part in emergencies.sentences(text) if len(words_of(part)) >= FEW}
    emergency = set(_sentences("emergencies"))
    return [(text, text in emergency) for text in sorted(dutch | parts | emergency)]


def learn(texts: Examples) -> dict[str, float]:
    """Return the weights of the weightiest features."""
    rows = [features(words_of(text)) for text, _emergency in texts]
    counts = Counter(feature for each in rows for feature in each)
    columns = {
        name: place for place, name in enumerate(sorted(n for n, count in counts.items() if count >= FEWEST_TEXTS))
    }
    # Without a bias: of words that it never saw it says nothing.
    machine = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0, fit_intercept=False)
    machine.fit(_matrix(rows, columns), [emergency for _text, emergency in texts])
    weights = machine.coef_[0]
    weightiest = set(np.argsort(-np.abs(weights), kind="stable")[:MOST_FEATURES].tolist())
    return {name: round(float(weights[place]), 2) for name, place in columns.items() if place in weightiest}


def write(path: Path = FILE) -> None:
    """Learn and write the file, a line for each feature."""
    rows = learn(examples()).items()
    path.write_text("".join(f"{name}\t{weight:g}\n" for name, weight in rows), encoding="utf-8")


def _sentences(name: str) -> list[str]:
    return (SENTENCES / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def _matrix(of_texts: Sequence[set[str]], columns: dict[str, int]) -> sparse.csr_matrix:
    rows, places, values = [], [], []
    for row, each in enumerate(of_texts):
        numbers = [columns[feature] for feature in each if feature in columns]
        rows += [row] * len(numbers)
        places += numbers
        values += [len(each) ** -0.5] * len(numbers)
    return sparse.csr_matrix((values, (rows, places)), shape=(len(of_texts), len(columns)))


if __name__ == "__main__":
    write()
