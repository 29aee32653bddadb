"""Which words of a melding pushed the model to what it said, for colleagues to read beside its guess."""

import logging

from meldingen.record.models import Melding
from meldingen.routing.models import TrainedModel
from meldingen.routing.prediction import Unservable, serve

MOST = 5
LEAST = 0.2  # of what the strongest word weighs: less explains nothing

logger = logging.getLogger(__name__)


def words_behind(melding: Melding) -> list[str]:
    """The strongest first; none where the model that guessed is in use no more, or would say something else by now.

    Whether a guess is shown at all is for the caller to say. Never raises for anything that a model or a text can do.
    """
    prediction = getattr(melding, "prediction", None)
    model = prediction.model if prediction else None
    if prediction is None or model is None or model.status != TrainedModel.Status.LIVE or not prediction.suggestions:
        return []
    try:
        explanation = serve(model).explain(melding.text, MOST)
    except Unservable:
        return []
    except Exception as error:  # a page without an explanation is better than no page
        logger.error("model %s cannot explain melding %s: %s", model, melding.pk, type(error).__name__)
        return []
    if explanation.label != prediction.suggestions[0]["category"]:
        return []
    strongest = max((weight for _word, weight in explanation.words), default=0.0)
    return [word for word, weight in explanation.words if weight >= LEAST * strongest]
