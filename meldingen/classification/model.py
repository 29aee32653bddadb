"""The trained classifier: probabilities, a decision, an explanation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from meldingen.classification.abstaining import Doubt, doubt, known_share
from meldingen.classification.blending import probabilities
from meldingen.classification.certainty import Certainty, words_of
from meldingen.classification.emergencies import is_emergency
from meldingen.classification.explaining import Explanation, explain
from meldingen.classification.features import Features
from meldingen.classification.labels import is_rest
from meldingen.classification.ours import Ours
from meldingen.classification.promise import Promise
from meldingen.classification.thresholds import WhyNot

Action = Literal["route", "suggest", "people"]
Reason = Literal["confident", "below_threshold", "rest_class", "not_ours", "emergency"] | WhyNot | Doubt
Floats = npt.NDArray[np.float32]

SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """What may happen to one text without a person.

    action: `route` (choose the first suggestion), `suggest` (show the suggestions to a person),
        `people` (trust none of them).
    suggestions: at most three (label, probability), most probable first, no rest class; for `people` they mean little.
    probability: that of the first suggestion, 0 without one. certainty: the chance that the classifier's choice is
        right, for its class and a text of this length; this is what a threshold is held against.
    reason: a code, see Reason. emergency: to the top of people's list.
    """

    action: Action
    suggestions: tuple[tuple[str, float], ...]
    probability: float
    certainty: float
    reason: Reason
    emergency: bool


@dataclass(frozen=True, eq=False)
class Classifier:
    """Linear scores over Features, turned into probabilities by a softmax. Made by `training.train`, never changed.

    weights (terms, k) and bias (k,) give log-odds: calibration is already inside them.
    promise: from which certainty a text may be routed, or why the training data cannot promise `precision`.
    ours: what tells a municipality's texts from others; None: too few examples to say.
    folded: labels with too few examples -> the rest class that took their examples.
    """

    classes_: list[str]
    features: Features
    weights: Floats
    bias: Floats
    certainty: Certainty
    promise: Promise = field(default_factory=Promise)
    ours: Ours | None = None
    precision: float = 0.95
    folded: Mapping[str, str] = field(default_factory=dict)

    @property
    def threshold(self) -> float | None:
        """The certainty from which a text may be routed; None: none may."""
        return self.promise.threshold

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
        return self.decide_many([text], threshold)[0]

    def decide_many(self, texts: Sequence[str], threshold: float | None = None) -> list[Decision]:
        """The same for several texts, which costs far less than each alone."""
        if threshold is not None and not 0 <= threshold <= 1:
            raise ValueError("a threshold lies between 0 and 1")
        if len(texts) == 0:
            return []
        scores = self.decision_function(texts)
        rows = zip(texts, scores, probabilities(scores), strict=True)
        return [self._decide(text, score, row, threshold) for text, score, row in rows]

    def _decide(
        self, text: str, score: npt.NDArray[np.float64], row: npt.NDArray[np.float64], threshold: float | None
    ) -> Decision:
        order = np.argsort(-score, kind="stable")  # probabilities may be too near 1 to differ
        best = [(self.classes_[i], float(row[i])) for i in order if not is_rest(self.classes_[i])]
        suggestions, emergency = tuple(best[:SUGGESTIONS]), is_emergency(text)
        probability = suggestions[0][1] if suggestions else 0.0
        sure = float(self.certainty.of(row[order[:1]], words_of([text]), order[:1])[0])
        label = self.classes_[order[0]]
        action, reason = self._doubt(text, label, probability, emergency) or self._judge(
            label, sure, self.threshold if threshold is None else threshold
        )
        return Decision(action, suggestions, probability, sure, reason, emergency)

    def knows(self, text: str) -> float:
        """Return the share, 0 to 1, of the words of `text` that it learned from."""
        return known_share(text, self.features.words)

    def routes(self, texts: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Say of each text (n,) whether it would be routed without a person."""
        return np.array([self.decide(text).action == "route" for text in texts], dtype=bool)

    def _doubt(self, text: str, label: str, probability: float, emergency: bool) -> tuple[Action, Reason] | None:
        """Say why no suggestion for `text` may be trusted, or None."""
        if emergency:
            return "people", "emergency"
        unsure = doubt(text, self.features.words)
        if unsure is not None:
            return "people", unsure
        if self.ours is not None and not self.ours.fits(text, probability):
            return "people", "rest_class" if is_rest(label) else "not_ours"
        return None

    def _judge(self, label: str, sure: float, threshold: float | None) -> tuple[Action, Reason]:
        if is_rest(label):
            return "suggest", "rest_class"
        if threshold is None:
            return "suggest", self.promise.stopped or "no_promise"
        return ("route", "confident") if sure >= threshold else ("suggest", "below_threshold")

    def explain(self, text: str, n: int = 5) -> Explanation:
        """Return the `n` words of `text` that pushed hardest to its class, away from the runner-up: see Explanation."""
        return explain(text, n, self.classes_, self.features, self.weights, self.bias)
