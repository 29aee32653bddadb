"""Why the model did what it did, in words for colleagues."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

Words = str | Promise

REASONS: Mapping[str, Words] = {
    "confident": gettext_lazy("The model was sure enough to route it."),
    "below_threshold": gettext_lazy("The model was not sure enough; people choose."),
    "no_promise": gettext_lazy("The model had too few examples to promise anything; people choose."),
    "promise_broken": gettext_lazy("The model was wrong too often on earlier meldingen to route any; people choose."),
    "promise_worsened": gettext_lazy("The model got worse on the newest meldingen, so it routes none; people choose."),
    "not_ours": gettext_lazy("The text does not look like anything that the model knows; people choose."),
    "rest_class": gettext_lazy("The model only knows that it is something else; people choose."),
    "emergency": gettext_lazy("The text has words of danger: people look first."),
    "too_short": gettext_lazy("The text is too short for the model."),
    "foreign": gettext_lazy("The text does not seem to be Dutch."),
    "unknown_words": gettext_lazy("The model knows too few words of this text."),
    "category_gone": gettext_lazy("The model chose a category that is no longer in use."),
    "audited": gettext_lazy("Drawn by chance to see how good the model is: people choose without its guess."),
    "no_model": gettext_lazy("There is no trained model yet; people choose."),
}


def reason(code: str) -> Words:
    """Why the model did what it did."""
    return REASONS.get(code) or gettext_lazy("The model could not be used; people choose.")
