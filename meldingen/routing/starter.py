"""What the starter model says of a text, in categories of a town: by their common subjects.

It serves towns without a model, and texts in a language that a town's own does not know. It suggests and never routes:
it never saw a report of any town.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.core import checks

from meldingen.categories.models import Category
from meldingen.categories.subjects import main_subject
from meldingen.classification import files
from meldingen.classification.concepts import concepts
from meldingen.classification.model import Classifier
from meldingen.classification.normalising import normalise
from meldingen.classification.two_things import TwoThings, two_things

logger = logging.getLogger(__name__)

LANGUAGE_UNKNOWN = ("foreign", "unknown_words")
MORE_WORDS = 0.25  # of a text: who knows so many more of its words knows its language better; chosen, not measured
LIKELY = 0.3  # of a text with words that it never saw, which names a thing that it knows


def find(municipality_id: int, text: str) -> list[tuple[Category, float]]:
    """Categories in use for `text` with their probabilities, most probable first; none where it knows nothing of it.

    A town may have a category for one common subject, or one for all subjects of a kind.
    """
    likely = _likely(text)
    if not likely:
        return []
    rows = Category.objects.of(municipality_id).filter(is_active=True, parent__is_active=True).select_related("parent")
    by_subject = {category.subject or category.slug: category for category in rows.order_by("-pk")}
    sums: defaultdict[Category, float] = defaultdict(float)
    for subject, probability in likely:
        category = by_subject.get(subject) or by_subject.get(main_subject(subject))
        if category is not None:
            sums[category] += probability
    return sorted(sums.items(), key=lambda each: -each[1])


def _likely(text: str) -> Sequence[tuple[str, float]]:
    """Each common subject with its probability; none for what is about nothing of a municipality."""
    model = _model()
    if model is None:
        return ()
    decision = model.decide(text)
    is_trusted = decision.action != "people" or decision.emergency
    if not is_trusted and decision.reason in LANGUAGE_UNKNOWN:
        is_trusted = decision.probability >= LIKELY and bool(concepts(normalise(text)))
    if not is_trusted:
        return ()
    return list(zip(model.classes_, map(float, model.predict_proba([text])[0]), strict=True))


def knows_better(text: str, share: float) -> bool:
    """Whether it knows clearly more of the words of `text` than somebody who knows that share (0 to 1) of them."""
    model = _model()
    return model is not None and model.knows(text) >= share + MORE_WORDS


def find_two(text: str) -> TwoThings | None:
    """The two things that a text is about, where it is about two; None without the model."""
    model = _model()
    return two_things(text, model, main_subject) if model else None


def forget() -> None:
    """Read the file again when it is asked for."""
    _model.cache_clear()


def check_starter(**_kwargs: Any) -> list[checks.CheckMessage]:
    """System check: is there a starter model? A warning, never an error: people choose without suggestions."""
    if _model() is not None:
        return []
    hint = "Run: make setup, or python -m meldingen.classification.starting build/starter.model"
    return [checks.Warning("The starter model cannot be served.", hint=hint, id="meldingen.W006")]


@cache
def _model() -> Classifier | None:
    """Read once per process, like the models of towns."""
    try:
        return files.load(settings.STARTER_MODEL, sha256=files.describe(settings.STARTER_MODEL).sha256)
    except files.ModelFileError as error:
        logger.error("the starter model is not served (%s)", type(error).__name__)
        return None
