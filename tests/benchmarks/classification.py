"""Our classifier beside Signalen's recipe.

`python -m tests.benchmarks.classification FILE.csv [...]` prints what both are worth on the newest fifth of each file;
`make bench` prints how fast both predict, trained on the shipped examples.
"""

import csv
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from sklearn.exceptions import ConvergenceWarning

from meldingen.classification import training
from tests.benchmarks import signalen
from tests.benchmarks.evaluate import OURS, main
from tests.benchmarks.evaluation import milliseconds

EXAMPLES = Path(__file__).parents[2] / "meldingen" / "demo" / "lindewaard" / "examples.csv"
FEWEST = 8  # examples of a class, as the shipped ones are trained
BATCH = 1_000


def speed_table(texts_timed: int = 300) -> Iterator[str]:
    """One text at a time and BATCH at once: ours, then Signalen's, in one process."""
    with EXAMPLES.open(newline="", encoding="utf-8") as lines:
        rows = [(row["text"], row["category"]) for row in csv.DictReader(lines)]
    texts, labels = [text for text, _ in rows], [label for _, label in rows]
    many = (texts * (BATCH // len(texts) + 1))[:BATCH]
    yield f"{'':32}{'p50 ms':>9}{'p95 ms':>9}{'batch/s':>9}{'train s':>9}\n"
    for name, recipe in (("ours", _ours), ("Signalen's", signalen.train)):
        started = perf_counter()
        model = recipe(texts, labels)
        trained = perf_counter() - started
        p50, p95 = milliseconds(model, texts[:texts_timed])
        started = perf_counter()
        model.predict_proba(many)
        rate = BATCH / (perf_counter() - started)
        yield f"{'predict, ' + name:32}{p50:9.2f}{p95:9.2f}{rate:9.0f}{trained:9.1f}\n"


def _ours(texts: list[str], labels: list[str]) -> Any:
    return training.train(texts, labels, min_examples=FEWEST)


if __name__ == "__main__":
    warnings.filterwarnings("ignore", category=ConvergenceWarning)  # Signalen's, on tables with many classes
    recipes: Any = {**OURS, "Signalen's": (signalen.train, signalen.weigh)}
    sys.exit(main(recipes=recipes, program="python -m tests.benchmarks.classification"))
