"""What a classifier is worth on texts that came later: figures with the width of chance around them."""

import csv
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Protocol

import numpy as np
import numpy.typing as npt

from meldingen.classification.normalising import normalise
from tests.benchmarks.memory import peak_megabytes, reset_peak

TESTED = 0.2  # the newest share of a table
RESAMPLES = 1_000
BINS = 15
TIMED = 300  # texts that are timed one by one
TYPO_SHARE = 0.1  # of the words; at least one in a text
LONGEST = 131_072  # characters of a text
SHORT, LONG = 8, 40  # words: at most SHORT, at least LONG

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class EvaluationError(ValueError):
    """A table that cannot be judged on; the message never quotes a text."""


class Model(Protocol):
    """What can be judged: ours, or another recipe in the same clothes."""

    @property
    def classes_(self) -> list[str]:
        """The labels it knows, in the order of its probabilities."""

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """Return probabilities (n, k) in the order of classes_."""

    def routes(self, texts: Sequence[str]) -> Bools:
        """Say of each text (n,) whether it would be routed without a person."""


Recipe = Callable[[Sequence[str], Sequence[str], Sequence[date] | None], Model]


@dataclass(frozen=True, slots=True)
class Table:
    """Texts with labels, oldest first; dates where the file has them."""

    texts: list[str]
    labels: list[str]
    dates: list[date] | None

    def part(self, start: int, end: int) -> "Table":
        """Return the rows from `start` up to `end`."""
        return Table(self.texts[start:end], self.labels[start:end], self.dates[start:end] if self.dates else None)

    def split(self, tested: float = TESTED) -> tuple["Table", "Table"]:
        """Return the older part to train on and the newest share to test on."""
        cut = int(len(self.texts) * (1 - tested))
        return self.part(0, cut), self.part(cut, len(self.texts))


@dataclass(frozen=True, slots=True)
class Figure:
    """A share with its 95 % bootstrap interval; None where nothing could be measured."""

    value: float | None
    low: float | None = None
    high: float | None = None


def read(path: Path | str) -> Table:
    """Read a CSV (UTF-8) with columns text, label and perhaps date (ISO); sorted by date, if there is one.

    Moments count by the clock as it is written, whatever their zone. Raises EvaluationError for what is no such file, a
    missing column, an empty label, or a date that is none; OSError.
    """
    try:
        # -sig: spreadsheets write a mark before the first name
        with Path(path).open(newline="", encoding="utf-8-sig") as lines:
            rows = list(csv.DictReader(lines))
    except (UnicodeDecodeError, csv.Error) as error:
        raise EvaluationError(f"the file is no CSV in UTF-8 with cells of up to {LONGEST:,} characters") from error
    if not rows or not {"text", "label"} <= set(rows[0]):
        raise EvaluationError("the file needs rows with the columns text and label")
    if any(row["text"] is None or not (row["label"] or "").strip() for row in rows):
        raise EvaluationError("every row needs a text and a label")
    # csv stops at the same length, unless something in the process has raised its limit.
    if any(len(row["text"]) > LONGEST for row in rows):
        raise EvaluationError(f"a text has more than {LONGEST:,} characters")
    if not any(row.get("date") for row in rows):
        return Table([row["text"] for row in rows], [row["label"] for row in rows], None)
    try:
        moments = [datetime.fromisoformat(row["date"]).replace(tzinfo=None) for row in rows]
    except (ValueError, TypeError) as error:
        raise EvaluationError("every row needs an ISO date, or none does") from error
    order = sorted(range(len(rows)), key=moments.__getitem__)
    return Table(
        [rows[i]["text"] for i in order], [rows[i]["label"] for i in order], [moments[i].date() for i in order]
    )


def without_repeats(older: Table, newer: Table) -> Table:
    """Return `newer` without the texts that `older` has too, in whatever case and spacing."""
    seen = set(map(normalise, older.texts))
    kept = [i for i, text in enumerate(newer.texts) if normalise(text) not in seen]
    dates = [newer.dates[i] for i in kept] if newer.dates else None
    return Table([newer.texts[i] for i in kept], [newer.labels[i] for i in kept], dates)


def evaluate(recipe: Recipe, older: Table, newer: Table) -> tuple[Model, dict[str, Figure]]:
    """Train `recipe` on `older`, judge it on `newer`; return the model and its figures by name.

    Raises EvaluationError when a text of `newer` is in `older` (remembering is not knowing) or there is none.
    """
    if not newer.texts:
        raise EvaluationError("there are no test texts")
    repeats = len(newer.texts) - len(without_repeats(older, newer).texts)
    if repeats:
        raise EvaluationError(f"{repeats} of {len(newer.texts)} test texts are in the training part too")
    reset_peak()
    started, worked = perf_counter(), process_time()
    model = recipe(older.texts, older.labels, older.dates)
    seconds, cpu = perf_counter() - started, process_time() - worked
    megabytes = peak_megabytes()
    chances, truth = model.predict_proba(newer.texts), numbers(model, newer.labels)
    figures = quality(chances, truth, model.routes(newer.texts))
    figures |= _by_length(chances, truth, newer.texts)
    figures["accuracy, typos"] = Figure(_accuracy(model.predict_proba(with_typos(newer.texts)), truth))
    p50, p95 = milliseconds(model, newer.texts[:TIMED])
    timed = {"ms p50": p50, "ms p95": p95, "training s": seconds, "training CPU s": cpu, "peak MB": megabytes}
    figures |= {name: Figure(value) for name, value in timed.items()}
    return model, figures


def quality(chances: Floats, truth: Ints, routed: Bools, resamples: int | None = None) -> dict[str, Figure]:
    """Judge probabilities (n, k) against class numbers (n,), -1 for a class the model does not know.

    routed (n,): which texts would be routed. resamples: for the intervals; RESAMPLES when it is None.
    """
    measures: dict[str, Callable[[Ints], float | None]] = {
        "accuracy": lambda rows: _accuracy(chances[rows], truth[rows]),
        "macro-F1": lambda rows: macro_f1(chances[rows].argmax(axis=1), truth[rows]),
        "top 3": lambda rows: _top(chances[rows], truth[rows]),
        "ECE": lambda rows: calibration_error(chances[rows], truth[rows]),
        "routed": lambda rows: float(routed[rows].mean()),
        "routed right": lambda rows: _accuracy(chances[rows][routed[rows]], truth[rows][routed[rows]]),
    }
    draw, n = np.random.default_rng(0), len(truth)
    samples = [draw.integers(0, n, n) for _ in range(RESAMPLES if resamples is None else resamples)]
    return {name: _interval(measure, np.arange(n), samples) for name, measure in measures.items()}


def numbers(model: Model, labels: Sequence[str]) -> Ints:
    """Return the class number of each label (n,), of its rest class if the model folded it; -1 for an unknown one."""
    folded: Mapping[str, str] = getattr(model, "folded", {})
    number = {label: i for i, label in enumerate(model.classes_)}
    return np.array([number.get(folded.get(label, label), -1) for label in labels], dtype=np.int64)


def macro_f1(guess: Ints, truth: Ints) -> float:
    """Return the mean F1 over the classes that occur in either (n,)."""
    size = int(max(guess.max(), truth.max())) + 2
    hits = np.bincount(truth[guess == truth] + 1, minlength=size)
    either = np.bincount(guess + 1, minlength=size) + np.bincount(truth + 1, minlength=size)
    return float((2 * hits[either > 0] / either[either > 0]).mean())


def calibration_error(chances: Floats, truth: Ints) -> float:
    """Return the expected calibration error of the first class over BINS equal bins: 0 is perfect."""
    top, right = chances.max(axis=1), chances.argmax(axis=1) == truth
    bins = np.minimum((top * BINS).astype(int), BINS - 1)
    gap = np.bincount(bins, weights=top, minlength=BINS) - np.bincount(bins, weights=right, minlength=BINS)
    return float(np.abs(gap).sum() / len(truth))


def with_typos(texts: Sequence[str], seed: int = 0) -> list[str]:
    """Return `texts` with two letters swapped, one dropped or one doubled in TYPO_SHARE of their words."""
    chance = random.Random(seed)
    return [_mistype(text, chance) for text in texts]


def milliseconds(model: Model, texts: Sequence[str]) -> tuple[float, float]:
    """Return the median and the 95th percentile of predicting one text, in milliseconds."""
    spent = []
    for text in texts:
        started = perf_counter()
        model.predict_proba([text])
        spent.append((perf_counter() - started) * 1_000)
    return float(np.percentile(spent, 50)), float(np.percentile(spent, 95))


def _interval(measure: Callable[[Ints], float | None], rows: Ints, samples: list[Ints]) -> Figure:
    value = measure(rows)
    drawn = [found for sample in samples if (found := measure(sample)) is not None]
    if value is None or not drawn:
        return Figure(value)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Figure(value, float(low), float(high))


def _accuracy(chances: Floats, truth: Ints) -> float | None:
    return float((chances.argmax(axis=1) == truth).mean()) if len(truth) else None


def _top(chances: Floats, truth: Ints, n: int = 3) -> float:
    best = np.argsort(-chances, axis=1, kind="stable")[:, :n]
    return float((best == truth[:, None]).any(axis=1).mean())


def _by_length(chances: Floats, truth: Ints, texts: Sequence[str]) -> dict[str, Figure]:
    words = np.array([len(text.split()) for text in texts])
    return {
        f"accuracy, {name}": Figure(_accuracy(chances[rows], truth[rows]))
        for name, rows in ((f"<= {SHORT} words", words <= SHORT), (f">= {LONG} words", words >= LONG))
    }


def _mistype(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    for i in chance.sample(long, min(len(long), max(1, round(len(words) * TYPO_SHARE)))):
        word, at = words[i], chance.randrange(1, len(words[i]) - 1)
        kind = chance.choice(("swap", "drop", "double"))
        middle = {"swap": word[at + 1] + word[at], "drop": word[at + 1], "double": word[at] * 2 + word[at + 1]}[kind]
        words[i] = word[:at] + middle + word[at + 2 :]
    return " ".join(words)
