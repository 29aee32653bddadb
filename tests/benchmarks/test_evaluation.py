import csv
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from meldingen.classification.training import train
from tests.benchmarks import evaluation
from tests.benchmarks.evaluation import (
    EvaluationError,
    Table,
    calibration_error,
    evaluate,
    macro_f1,
    quality,
    read,
    with_typos,
)
from tests.meldingen.classification.conftest import WORDS, examples
from tests.sure import sure


def test_perfect_probabilities_have_perfect_figures() -> None:
    truth = np.arange(300) % 4
    found = quality(np.eye(4)[truth], truth, np.ones(300, dtype=bool))
    assert {name: figure.value for name, figure in found.items()} == {
        "accuracy": 1, "macro-F1": 1, "top 3": 1, "ECE": 0, "routed": 1, "routed right": 1,
    }  # fmt: skip


def test_of_nothing_that_is_routed_nothing_was_right() -> None:
    found = quality(np.eye(4), np.arange(4), np.zeros(4, dtype=bool))
    assert found["routed"].value == 0
    assert found["routed right"].value is None


def test_macro_f1_weighs_every_class_alike_and_an_unknown_one_too() -> None:
    assert macro_f1(np.array([0, 0, 0, 1]), np.array([0, 0, 0, 0])) == pytest.approx((6 / 7 + 0) / 2)
    assert macro_f1(np.array([0, 0]), np.array([0, -1])) == pytest.approx((2 / 3 + 0) / 2)


def test_the_interval_is_as_wide_as_chance() -> None:
    chances = np.random.default_rng(1).dirichlet(np.ones(4), 200)
    figure = quality(chances, np.arange(200) % 4, np.zeros(200, dtype=bool))["accuracy"]
    share = sure(figure.value)
    error = 1.96 * (share * (1 - share) / 200) ** 0.5
    assert (figure.low, figure.high) == pytest.approx((share - error, share + error), abs=0.02)


def test_the_calibration_error_is_what_is_claimed_too_much_or_too_little() -> None:
    chances = np.repeat([[0.9, 0.1], [0.6, 0.4]], 100, axis=0)
    half_of_the_sure_ones_and_all_others = np.append(np.arange(100) % 2, np.zeros(100, dtype=int))
    assert calibration_error(chances, half_of_the_sure_ones_and_all_others) == pytest.approx((0.4 + 0.4) / 2)
    all_of_the_sure_ones_and_most_others = np.repeat([0, 1], [180, 20])
    assert calibration_error(chances, all_of_the_sure_ones_and_most_others) == pytest.approx((0.1 + 0.2) / 2)


def test_only_what_is_routed_counts_as_routed_right() -> None:
    found = quality(np.eye(4), np.array([0, 1, 2, 0]), np.array([True, True, True, False]))
    assert (found["routed"].value, found["routed right"].value) == (0.75, 1)


def test_a_label_that_was_folded_is_right_as_its_rest_class_and_an_unknown_one_never() -> None:
    words = WORDS | {f"dier|{i}": "hond kat rat duif eend" for i in range(20)}
    model = train(*examples(800, words=words))
    found = evaluation.numbers(model, ["dier|3", "weg|gat", "nooit"])
    assert [model.classes_[i] for i in found[:2]] == ["dier|overig", "weg|gat"]
    assert found[2] == -1


def test_time_is_measured_per_text() -> None:
    class Slow:
        def predict_proba(self, texts: list[str]) -> None:
            time.sleep(0.02 if "lang" in texts else 0.002)

    slow: Any = Slow()
    p50, p95 = evaluation.milliseconds(slow, ["kort"] * 9 + ["lang"] * 3)
    assert 2 <= p50 < 20 <= p95


def table_of(number: int, seed: int = 0) -> Table:
    texts, labels = examples(number, seed)
    return Table(texts, labels, None)


def test_the_same_text_in_train_and_test_is_refused() -> None:
    table = table_of(100)
    with pytest.raises(EvaluationError, match="20 of 20 test texts are in the training part too"):
        evaluate(train, table, table.part(80, 100))


def test_the_same_text_is_the_same_in_another_case_and_spacing() -> None:
    table = Table(["De bak  is vol ", "de lamp is uit"], ["a", "b"], None)
    assert evaluation.without_repeats(Table(["de bak is VOL"], ["a"], None), table).texts == ["de lamp is uit"]


def test_it_judges_on_what_came_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "RESAMPLES", 20)
    older, newer = table_of(300), table_of(60, seed=9)
    model, found = evaluate(train, older, evaluation.without_repeats(older, newer))
    assert sure(found["accuracy"].value) > 0.9
    assert sure(found["peak MB"].value) > 10
    assert model.classes_ == sorted(set(older.labels))


def test_typos_are_the_same_each_time_and_leave_short_words_alone() -> None:
    texts = ["de lantaarnpaal is uit", "op de stoep", "", "a b c"]
    assert with_typos(texts) == with_typos(texts)
    assert with_typos(texts)[0] != texts[0]
    assert with_typos(texts)[2:] == texts[2:]


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_is_read_in_order_of_time(tmp_path: Path) -> None:
    table = read(write(tmp_path / "t.csv", 'date,text,label\n2025-03-01,later,a\n2025-01-01 10:00:00,"eer,der",b|c\n'))
    assert (table.texts, table.labels) == (["eer,der", "later"], ["b|c", "a"])


@pytest.mark.parametrize(
    "content",
    [
        "",
        "text\nvol\n",
        "text,label\n",
        "text,label\nvol,\n",
        "text,label,date\na,b,gisteren\n",
        "text,label,date\na,b,2025-01-01\nc,d,\n",
        "text,label,date\na,b,\nc,d,2025-01-01\n",
        "text,label\nvol, \n",
        "text,label\n" + "x" * 131_073 + ",a\n",
    ],
)
def test_a_table_that_cannot_be_judged_on_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(EvaluationError):
        read(write(tmp_path / "t.csv", content))


def test_a_text_that_is_too_long_is_refused_whatever_the_limit_of_the_process(tmp_path: Path) -> None:
    before = csv.field_size_limit(500_000)
    try:
        assert read(write(tmp_path / "t.csv", "text,label\n" + "x" * 131_072 + ",a\n")).labels == ["a"]
        with pytest.raises(EvaluationError, match="131,072"):
            read(write(tmp_path / "t.csv", "text,label\n" + "x" * 131_073 + ",a\n"))
    finally:
        csv.field_size_limit(before)


def test_a_table_that_is_no_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("text,label\nmüll,a\n".encode("latin-1"))
    with pytest.raises(EvaluationError, match="UTF-8"):
        read(tmp_path / "t.csv")


def test_the_mark_of_a_spreadsheet_is_no_part_of_a_name(tmp_path: Path) -> None:
    table = read(write(tmp_path / "t.csv", "\ufeffdate,text,label\n2025-01-01,vol,a\n"))
    assert table.dates == [date(2025, 1, 1)]


def test_dates_with_a_zone_and_without_go_together_by_the_clock(tmp_path: Path) -> None:
    rows = "c,a,2025-01-01T12:00:00+02:00\nb,a,2025-01-01T11:00:00Z\na,a,2025-01-01\n"
    assert read(write(tmp_path / "t.csv", f"text,label,date\n{rows}")).texts == ["a", "b", "c"]


def test_without_test_texts_nothing_is_judged() -> None:
    table = table_of(100)
    with pytest.raises(EvaluationError, match="no test texts"):
        evaluate(train, table, table.part(100, 100))
