import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meldingen.classification.training import train
from tests.benchmarks import evaluate, evaluation, signalen
from tests.benchmarks.evaluate import main
from tests.meldingen.classification.conftest import examples
from tests.sure import sure

REAL = Path(__file__).parents[3] / "shared" / "evaluation"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    texts, labels = examples(250)
    with (tmp_path / "town.csv").open("w", newline="") as lines:
        csv.writer(lines).writerows([("text", "label"), *zip(texts, labels, strict=True)])
    return tmp_path / "town.csv"


def test_the_command_prints_figures_and_no_texts(
    table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation, "RESAMPLES", 10)
    assert main([str(table), "--drop-repeats"]) == 0
    printed = capsys.readouterr().out
    assert "| macro-F1 | 1.000 (1.000–1.000) |" in printed
    assert "school" not in printed


def test_the_command_says_which_file_it_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "no.csv").write_text("a,b\n1,2\n")
    assert main([str(tmp_path / "no.csv"), str(tmp_path / "missing.csv")]) == 1
    assert "no.csv: the file needs rows with the columns text and label" in capsys.readouterr().err


def test_the_command_has_help_without_docstrings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluate, "__doc__", None)
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    assert "columns text and label" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the real reports are not part of the project")
@pytest.mark.parametrize(
    ("file", "f1", "top3", "routed"),
    [("konstanz_2020_2022", 0.62, 0.88, 0.2), ("san_rafael_2022_2025", 0.6, 0.87, 0.3)],
)
def test_it_beats_signalens_recipe_on_later_reports(file: Callable[..., Any], f1: Any, top3: Any, routed: Any) -> None:
    older, newer = evaluation.read(REAL / f"{file}.csv").split()
    ours = evaluation.evaluate(train, older, newer)[1]
    theirs = evaluation.evaluate(signalen.train, older, newer)[1]
    one, other = ({name: sure(figure.value) for name, figure in found.items()} for found in (ours, theirs))
    assert one["macro-F1"] > max(f1, other["macro-F1"])
    assert one["top 3"] > max(top3, other["top 3"])
    assert one["ECE"] < other["ECE"]
    assert one["routed"] > routed
    assert one["routed right"] > 0.93
    assert one["accuracy"] - one["accuracy, typos"] < 0.03
