"""An empirical audit: what can be told about one melding from what is published, measured and bounded from below.

A mechanism is run many times on a database and on a neighbour of it, with one melding more. The first half of the
runs is used to look for the event that tells the two apart best, the second half to count it. With p the chance of
the event with the melding and q without, epsilon must be at least log(p / q); Clopper and Pearson's exact bounds for
p and q make that hold with the chance asked for. An audit can only accuse: a bound above the booked epsilon proves a
fault, one below proves nothing. That it does accuse the guilty is shown on broken mechanisms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier

Outputs = npt.NDArray[np.float64]
Score = Callable[[Outputs], Outputs]
DOUBT = 1e-5  # the chance that an honest mechanism at its very limit is accused
USUAL = 0.05 / 2  # the doubt of a bound of 95 %, of which there is one for either direction


@dataclass(frozen=True)
class Event:
    """Scores at or above (or below) a limit."""

    name: str
    score: Score
    limit: float

    def count(self, outputs: Outputs) -> int:
        return int((self.score(outputs) >= self.limit).sum())


class Proof(NamedTuple):
    """The best lower bound of epsilon, that of 95 % for the same direction, and the event that shows it."""

    bound: float
    usual: float
    event: str

    def in_words(self, what: str, cost: float) -> str:
        """A line for the summary of a run."""
        return (
            f"{what}: booked {cost:.3f}, 95 % sure above {self.usual:.3f} ({self.bound:.3f} beyond doubt), {self.event}"
        )


def lower_bound(seen_with: int, seen_without: int, runs: int, doubt: float = DOUBT) -> float:
    """The epsilon that these counts prove, but for a chance of `doubt`."""
    if seen_with == 0:
        return 0.0
    least = stats.beta.ppf(doubt / 2, seen_with, runs - seen_with + 1)
    most = 1.0 if seen_without == runs else stats.beta.ppf(1 - doubt / 2, seen_without + 1, runs - seen_without)
    return float(np.log(least / most))


def measure(run: Callable[[bool], list[int]], runs: int) -> tuple[Outputs, Outputs]:
    """The outputs of `runs` runs with and without the melding, a row each."""
    return np.array([run(True) for _ in range(runs)], float), np.array([run(False) for _ in range(runs)], float)


def audit(given: Outputs, absent: Outputs, likelihood: Score | None = None) -> Proof:
    """The best lower bound of epsilon, in either direction.

    `likelihood` is a score known to be strong.
    """
    half = len(given) // 2
    best = Proof(0.0, 0.0, "nothing")
    for direction, (one, other) in (("present", (given, absent)), ("absent", (absent, given))):
        event = _search(one[:half], other[:half], likelihood, 1 if direction == "present" else -1)
        seen = event.count(one[half:]), event.count(other[half:]), len(given) - half
        best = max(best, Proof(lower_bound(*seen), lower_bound(*seen, USUAL), f"{direction}: {event.name}"))
    return best


def _column(column: int, outputs: Outputs, sign: int = 1) -> Outputs:
    return sign * outputs[:, column]


def _search(one: Outputs, other: Outputs, likelihood: Score | None, sign: int) -> Event:
    """The event with the best bound on these runs: on each output by itself, on learnt combinations, on likelihood.

    What is learnt is learnt from the first half of them and judged on the second, like the rest.
    """
    columns = [c for c in range(one.shape[1]) if len(np.unique(np.concatenate([one[:, c], other[:, c]]))) > 1]
    middle = len(one) // 2
    scores = _learnt(one[:middle], other[:middle])
    one, other = one[middle:], other[middle:]
    for column in columns:
        scores.append((f"output {column} high", partial(_column, column)))
        scores.append((f"output {column} low", partial(_column, column, sign=-1)))
    if likelihood:
        scores.append(("likelihood", lambda outputs: sign * likelihood(outputs)))
    found = (-np.inf, Event("nothing", lambda outputs: outputs[:, 0], np.inf))
    for name, score in scores:
        values_one, values_other = np.sort(score(one)), np.sort(score(other))
        pooled = np.concatenate([values_one, values_other])
        for limit in np.unique(np.quantile(pooled, np.linspace(0.001, 0.999, 60), method="nearest")):
            counts = [len(values) - int(np.searchsorted(values, limit)) for values in (values_one, values_other)]
            bound = lower_bound(counts[0], counts[1], len(one))
            if bound > found[0]:
                found = (bound, Event(name, score, float(limit)))
    return found[1]


def _learnt(one: Outputs, other: Outputs) -> list[tuple[str, Score]]:
    """Scores that combine the outputs: a weighted sum and a tree of thresholds, both fitted to these runs."""
    outputs = np.concatenate([one, other])
    labels = np.repeat([1, 0], [len(one), len(other)])
    middle, spread = outputs.mean(0), outputs.std(0) + 1e-9
    line = LogisticRegression(C=0.1, max_iter=200).fit((outputs - middle) / spread, labels)
    tree = DecisionTreeClassifier(max_depth=6, min_samples_leaf=max(50, len(outputs) // 40)).fit(outputs, labels)
    return [
        ("learnt sum", lambda new: np.asarray(line.decision_function((new - middle) / spread))),
        ("learnt tree", lambda new: np.asarray(tree.predict_proba(new)[:, 1])),
    ]
