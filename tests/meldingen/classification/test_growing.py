"""More training data must not silently end the routing."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from meldingen.classification.training import train
from tests.benchmarks import evaluation
from tests.benchmarks.evaluation import Table
from tests.sure import sure

REAL = Path(__file__).parents[4] / "shared" / "evaluation"
WORDS = {
    "afval|bak": "bak vol prullenbak puilt",
    "licht|lamp": "lamp donker lantaarn brandt",
    "weg|gat": "gat kuil wegdek asfalt",
    "weg|put": "put deksel kolk verstopt",
    "groen|boom": "boom tak blad stam",
}
SHARED = ["er", "is", "al", "een", "paar", "dagen", "in", "onze", "straat", "bij", "de", "school", "graag"]
NEW_SINCE = 0.25  # before it, every put was called a gat


def reports(n: int) -> Table:
    """Reports of four years. A put is told by its words at once, and has a category of its own only since NEW_SINCE.

    Of the others each has a word of another one too; one in fifty labels is a whim.
    """
    chance, first = random.Random(7), date(2022, 1, 1)
    rows = []
    for i in range(n):
        label = chance.choice(sorted(WORDS))
        other = label if label == "weg|put" else chance.choice(sorted(set(WORDS) - {"weg|put"}))
        words = chance.choices(WORDS[label].split(), k=3) + chance.choices(WORDS[other].split(), k=1)
        words += chance.choices(SHARED, k=4)
        called = "weg|gat" if label == "weg|put" and i < NEW_SINCE * n else label
        if chance.random() < 0.02:
            called = chance.choice(sorted(WORDS))
        rows.append((" ".join(words), called, first + timedelta(days=i * 1_460 // n)))
    return evaluation.Table([text for text, _, _ in rows], [label for _, label, _ in rows], [day for *_, day in rows])


def routed(table: Table, share: float, later: float) -> tuple[float, float]:
    """Train on the oldest `share`; return how many of the reports until `later` are routed, and of them right."""
    cut, end = int(len(table.texts) * share), int(len(table.texts) * min(later, 1))
    older, newer = table.part(0, cut), table.part(cut, end)
    classifier = train(older.texts, older.labels, older.dates)
    assert classifier.promise.stopped is None, (share, classifier.promise)
    decisions = [classifier.decide(text) for text in newer.texts]
    hits = [
        d.suggestions[0][0] == label for d, label in zip(decisions, newer.labels, strict=True) if d.action == "route"
    ]
    return (len(hits) / len(decisions), sum(hits) / len(hits)) if hits else (0.0, 0.0)


def test_what_was_called_otherwise_long_ago_does_not_end_the_routing_when_the_data_grow() -> None:
    table = reports(1_000)
    for share in (0.6, 0.75, 0.9):
        routing, right = routed(table, share, share + 0.1)
        assert routing > 0.5
        assert right > 0.9


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the real reports are not part of the project")
@pytest.mark.parametrize(("file", "least"), [("konstanz_2020_2022", 0.12), ("san_rafael_2022_2025", 0.3)])
def test_real_reports_are_routed_at_every_size_of_the_training_part(file: Callable[..., Any], least: int) -> None:
    table = evaluation.read(REAL / f"{file}.csv")
    before = None
    for share in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        routing, right = routed(table, share, share + 0.1)
        assert routing > least
        assert before is None or routing > before / 2
        assert right > 0.91
        before = routing


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the real reports are not part of the project")
@pytest.mark.parametrize("file", ["konstanz_2020_2022", "san_rafael_2022_2025"])
def test_on_all_real_reports_there_is_a_promise(file: Callable[..., Any]) -> None:
    table = evaluation.read(REAL / f"{file}.csv")
    promise = train(table.texts, table.labels, table.dates).promise
    assert promise.threshold is not None
    assert sure(promise.routed) > 0.1
    assert sure(promise.right) >= 0.95
