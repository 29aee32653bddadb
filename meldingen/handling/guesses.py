"""Which guesses of the model a colleague sees before they choose a category."""

from collections.abc import Sequence

from meldingen.record import workflow
from meldingen.record.models import Melding
from meldingen.routing import explanations
from meldingen.routing.models import Prediction
from meldingen.routing.prediction import MIN_SHOWN

_IN_HAND = frozenset({workflow.IN_PROGRESS, workflow.PLANNED, workflow.WAITING})


def is_hidden(melding: Melding) -> bool:
    """Whether no guess of this melding is shown: it is audited, and no colleague chose yet."""
    return melding.is_audited and melding.category_by != Melding.CategoryBy.STAFF


def shown(melding: Melding) -> Sequence[tuple[str, float]]:
    """Labels with their probabilities, best first, without what is as good as excluded.

    None of a text that the model cannot read or that is about nothing of the municipality; of danger alone they stay.
    """
    prediction = getattr(melding, "prediction", None)
    if prediction is None or is_hidden(melding) or (abstains(prediction) and not prediction.emergency):
        return []
    each = [(str(one["category"]), float(one["probability"])) for one in prediction.suggestions]
    return [(label, probability) for label, probability in each if probability >= MIN_SHOWN]


def is_to_choose(melding: Melding) -> bool:
    """Whether a category is still to be chosen by a colleague: nobody did, and nobody works on it yet or did before.

    What was merged goes on as what the one that leads is.
    """
    if melding.lead_id is not None or melding.category_by == Melding.CategoryBy.STAFF:
        return False
    is_back = melding.state == workflow.REOPENED and melding.category_id is not None
    return melding.state in workflow.OPEN - _IN_HAND and not is_back


def abstains(prediction: Prediction) -> bool:
    """Whether its probabilities mean nothing."""
    return prediction.action == Prediction.Action.PEOPLE


def words_behind(melding: Melding) -> Sequence[str]:
    """The words that pushed the first guess; none where no guess is shown, or its probability means nothing."""
    if not shown(melding) or abstains(melding.prediction):
        return []
    return explanations.words_behind(melding)


def mark(melding: Melding) -> str:
    """What a page carries to say which guesses it showed: the id of their prediction, or "none"."""
    return str(melding.prediction.pk) if shown(melding) else "none"


def seen(melding: Melding, marked: str) -> list[str] | None:
    """The labels that a page marked so had shown. None where that is not known: a page from before, or made up."""
    if marked == "none":
        return []
    prediction = getattr(melding, "prediction", None)
    if prediction is None or marked != str(prediction.pk) or is_hidden(melding):
        return None
    return [label for label, _probability in shown(melding)]
