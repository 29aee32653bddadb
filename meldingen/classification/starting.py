"""Makes the starter model: `python -m meldingen.classification.starting FILE`. It knows the common subjects.

It serves a town without a model of its own, and languages that its own does not know.

It learns from English sentences written for it (`sentences/starter_en.toml`) and the Dutch ones of the demonstration,
whose categories are called by their common subjects. The same sentences give the same model.
"""

import random
import sys
import tomllib
from csv import DictReader
from pathlib import Path

from meldingen.classification import files
from meldingen.classification.labels import REST, is_rest
from meldingen.classification.model import Classifier
from meldingen.classification.training import train

ENGLISH = Path(__file__).with_name("sentences") / "starter_en.toml"
DUTCH = Path(__file__).parent.parent / "demo" / "lindewaard" / "examples.csv"
MIN_EXAMPLES = 8


def sentences() -> list[tuple[str, str]]:
    """Return each sentence with its common subject, in an order that says nothing."""
    pairs = sorted({*_english(), *_dutch()})
    random.Random(0).shuffle(pairs)  # noqa: S311  an order, not a secret
    return pairs


def learn() -> Classifier:
    """Return the model. It promises nothing: who never saw a report of a town routes none."""
    labels, texts = zip(*sentences(), strict=True)
    return train(texts, labels, min_examples=MIN_EXAMPLES)


def _english() -> list[tuple[str, str]]:
    subjects = tomllib.loads(ENGLISH.read_text(encoding="utf-8"))
    return [
        (subject, text)
        for subject, parts in subjects.items()
        for text in (*(f"{thing} {fault}" for thing in parts["things"] for fault in parts["faults"]), *parts["whole"])
    ]


def _dutch() -> list[tuple[str, str]]:
    with DUTCH.open(encoding="utf-8", newline="") as rows:
        return [
            (REST if is_rest(row["category"]) else row["category"].rpartition("|")[2], row["text"])
            for row in DictReader(rows)
        ]


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    files.save(learn(), target)
