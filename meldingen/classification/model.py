"""The trained classifier: probabilities, a decision, an explanation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from meldingen.classification.blending import probabilities
from meldingen.classification.emergencies import is_emergency
from meldingen.classification.explaining import Explanation, explain
from meldingen.classification.features import Features
from meldingen.classification.unknown import Doubt, doubt

Action = Literal["route", "suggest", "people"]
Reason = Literal["confident", "below_threshold", "no_promise", "rest_class", "emergency"] | Doubt
Floats = npt.NDArray[np.float32]

SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """What may happen to one text without a person.

    action: `route` (choose the first suggestion), `suggest` (show the suggestions to a person),
        `people` (trust none of them).
    suggestions: at most three (label, probability), most probable first; for `people` they mean little.
    probability: that of the first suggestion. reason: a code, see Reason. emergency: to the top of people's list.
    """

    action: Action
    suggestions: tuple[tuple[str, float], ...]
    probability: float
    reason: Reason
    emergency: bool


@dataclass(frozen=True, eq=False)
class Classifier:
    """Linear scores over Features, turned into probabilities by a softmax. Made by `training.train`, never changed.

    weights (terms, k) and bias (k,) give log-odds: calibration is already inside them.
    threshold: probability from which a text may be routed, or None when the training data cannot promise `precision`.
    folded: labels with too few examples -> the rest class that took their examples.
    """

    classes_: list[str]
    features: Features
    weights: Floats
    bias: Floats
    threshold: float | None = None
    precision: float = 0.95
    folded: Mapping[str, str] = field(default_factory=dict)

    def decision_function(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return the log-odds (n, k) of `texts`, up to one constant per row."""
        return self.scores(self.features.transform(texts))

    def scores(self, matrix: sparse.csr_matrix) -> npt.NDArray[np.float64]:
        """Return the log-odds (n, k) of rows of features."""
        return np.asarray(matrix @ self.weights + self.bias, dtype=np.float64)

    def predict_proba(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return probabilities (n, k) in the order of `classes_`; rows sum to 1.

        TypeError if a text is no string, or for one string instead of a list: its letters are no texts.
        """
        if isinstance(texts, str):
            raise TypeError("a list of texts is needed, not one text")
        if len(texts) == 0:
            return np.zeros((0, len(self.classes_)))
        return probabilities(self.decision_function(texts))

    def decide(self, text: str, threshold: float | None = None) -> Decision:
        """Decide what may happen to `text` without a person; `threshold` (0 to 1) replaces the trained one."""
        if threshold is not None and not 0 <= threshold <= 1:
            raise ValueError("a threshold lies between 0 and 1")
        scores = self.decision_function([text])
        row = probabilities(scores)[0]
        best = np.argsort(-scores[0], kind="stable")[:SUGGESTIONS]  # probabilities may be too near 1 to differ
        suggestions = tuple((self.classes_[i], float(row[i])) for i in best)
        emergency = is_emergency(text)
        action, reason = self._judge(
            text, suggestions[0], emergency, self.threshold if threshold is None else threshold
        )
        return Decision(action, suggestions, suggestions[0][1], reason, emergency)

    def _judge(
        self, text: str, best: tuple[str, float], emergency: bool, threshold: float | None
    ) -> tuple[Action, Reason]:
        label, probability = best
        if emergency:
            return "people", "emergency"
        unsure = doubt(text, self.features.words)
        if unsure is not None:
            return "people", unsure
        if label in self.folded.values():
            return "suggest", "rest_class"
        if threshold is None:
            return "suggest", "no_promise"
        return ("route", "confident") if probability >= threshold else ("suggest", "below_threshold")

    def explain(self, text: str, n: int = 5) -> Explanation:
        """Return the `n` words of `text` that pushed hardest to its class, away from the runner-up: see Explanation."""
        return explain(text, n, self.classes_, self.features, self.weights, self.bias)
