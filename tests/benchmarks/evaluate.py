"""`python -m tests.benchmarks.evaluate FILE.csv [...]`: our figures on the newest 20 % of each file.

`--help` says what a file must have.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from meldingen.classification.files import save
from meldingen.classification.model import Classifier
from meldingen.classification.training import TrainingError, train
from tests.benchmarks.evaluation import EvaluationError, Figure, Model, Recipe, evaluate, read, without_repeats

DESCRIPTION = "A file has the columns text and label, and perhaps date (ISO). Nothing but figures is ever printed."

Weigh = Callable[[Model], int]  # the size of a model's file in bytes


def main(
    arguments: Sequence[str] | None = None,
    recipes: Mapping[str, tuple[Recipe, Weigh]] | None = None,
    program: str = "python -m tests.benchmarks.evaluate",
) -> int:
    """Print a table per file, a column per recipe; return 0, or 1 when a file was refused."""
    parser = argparse.ArgumentParser(program, description=DESCRIPTION)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.csv")
    parser.add_argument(
        "--drop-repeats", action="store_true", help="leave out test texts that the training part has too"
    )
    options = parser.parse_args(arguments)
    failed = 0
    for path in options.files:
        try:
            sys.stdout.write(table(path, recipes or OURS, options.drop_repeats) + "\n")
        except (EvaluationError, TrainingError, OSError) as error:
            sys.stderr.write(f"{path.name}: {error}\n")
            failed = 1
    return failed


def table(path: Path, recipes: Mapping[str, tuple[Recipe, Weigh]], drop_repeats: bool = False) -> str:
    """Return the figures of every recipe on one file as a Markdown table."""
    older, newer = read(path).split()
    if drop_repeats:
        newer = without_repeats(older, newer)
    columns: dict[str, dict[str, Figure]] = {}
    for name, (recipe, weighed) in recipes.items():
        model, columns[name] = evaluate(recipe, older, newer)
        columns[name]["file MB"] = Figure(weighed(model) / 1e6)
    rows = list(next(iter(columns.values())))
    lines = [
        f"{path.name}: trained on {len(older.texts)}, tested on the newest {len(newer.texts)} texts",
        "",
        f"| | {' | '.join(columns)} |",
        f"|---|{'---|' * len(columns)}",
    ]
    lines += [f"| {row} | {' | '.join(shown(row, column[row]) for column in columns.values())} |" for row in rows]
    return "\n".join(lines) + "\n"


def shown(row: str, figure: Figure) -> str:
    """Return a figure as text, with its interval; a dash where nothing could be measured."""
    if figure.value is None:
        return "–"
    digits = 1 if row.endswith((" s", "MB")) or row.startswith("ms") else 3
    text = f"{figure.value:.{digits}f}"
    return text if figure.low is None or figure.high is None else f"{text} ({figure.low:.3f}–{figure.high:.3f})"


def weigh(model: Model) -> int:
    """Return how many bytes our own file of a model takes."""
    if not isinstance(model, Classifier):
        raise TypeError("only our own models are kept in our own files")
    with tempfile.TemporaryDirectory() as folder:
        return save(model, Path(folder) / "model.skops").size


OURS: Mapping[str, tuple[Recipe, Weigh]] = {"ours": (train, weigh)}


if __name__ == "__main__":
    sys.exit(main())
