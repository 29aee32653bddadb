"""How good a model is, as far as colleagues said so who had seen no guess; and how much it does by itself."""

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from meldingen.record.models import Event
from meldingen.routing.models import Prediction, TrainedModel
from meldingen.routing.prediction import AUDITED

DAYS = 90  # of what it does lately
ENOUGH = 30  # labels: a share of fewer says nothing
_Z = 1.96


@dataclass(frozen=True)
class Score:
    """How many of so many were right."""

    right: int
    total: int

    @property
    def is_enough(self) -> bool:
        """Whether its share says anything."""
        return self.total >= ENOUGH

    @property
    def share(self) -> float:
        """Of those that were right."""
        return self.right / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Between which the true share lies, in 95 of 100 cases (Wilson)."""
        if not self.total:
            return 0.0, 1.0
        share, weight = self.share, _Z**2 / self.total
        middle = (share + weight / 2) / (1 + weight)
        half = _Z * math.sqrt(share * (1 - share) / self.total + weight / (4 * self.total)) / (1 + weight)
        return max(0.0, middle - half), min(1.0, middle + half)

    def breaks(self, promise: float) -> bool:
        """Whether it is worse than was promised, by more than chance."""
        return self.is_enough and self.interval[1] < promise


@dataclass(frozen=True)
class Measures:
    """`promise`: of what it was sure enough of to route; `first`: of every first guess. Both by blind labels alone.

    `by_itself`: of how many in the last DAYS it chose the category without a person.
    """

    promise: Score
    first: Score
    by_itself: Score


def measure(model: TrainedModel) -> Measures:
    """What the model did, by the labels of colleagues and by its own predictions."""
    rows = [(guess, choice, reason) for guess, choice, saw, reason in _labels(model) if saw == []]
    return Measures(
        promise=_score([(guess, choice) for guess, choice, reason in rows if reason == AUDITED]),
        first=_score([(guess, choice) for guess, choice, _reason in rows]),
        by_itself=_by_itself(model),
    )


def _labels(model: TrainedModel) -> QuerySet[Prediction, Any]:
    """The guess for each melding that was audited, the category that a colleague chose first, and what they had seen.

    The first choice alone: after it the guess is shown, and whoever changes their mind then has seen it. A choice that
    was undone is none.
    """
    choices = Event.objects.filter(melding=OuterRef("melding"), kind=Event.Kind.RECATEGORISED).order_by("id")
    slips = Event.objects.filter(melding=OuterRef("melding"), kind=Event.Kind.UNDONE)
    predictions = Prediction.objects.of(model.municipality_id).filter(
        model=model, melding__is_audited=True, category__isnull=False
    )
    first = predictions.annotate(
        choice=Subquery(choices.values("codes__category__to")[:1]), saw=Subquery(choices.values("codes__saw")[:1])
    )
    return first.filter(~Exists(slips), choice__isnull=False).values_list("category", "choice", "saw", "reason")


def _score(pairs: list[tuple[int, int]]) -> Score:
    return Score(sum(guess == choice for guess, choice in pairs), len(pairs))


def _by_itself(model: TrainedModel) -> Score:
    lately = Prediction.objects.of(model.municipality_id).filter(
        model=model, created_at__gte=timezone.now() - timedelta(days=DAYS)
    )
    numbers = lately.aggregate(all=Count("pk"), routed=Count("pk", filter=Q(action=Prediction.Action.ROUTE)))
    return Score(numbers["routed"], numbers["all"])
