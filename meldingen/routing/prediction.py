"""What the model of a municipality says of a text: suggestions for the form, and the one Prediction of a melding.

A model is read once per process and again only when the row of the live model names another file. Whatever is wrong
with a model, nobody waits and nothing fails: the melding goes to people, with a code that says why.
"""

import logging
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError

from meldingen.categories.models import Category
from meldingen.classification import files
from meldingen.classification.model import SUGGESTIONS, Classifier, Decision
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.routing import starter
from meldingen.routing.models import Prediction, TrainedModel
from meldingen.tenancy.models import Municipality

__all__ = [
    "Suggestion",
    "Unservable",
    "check_models",
    "forget_models",
    "is_due",
    "label_of",
    "predict",
    "serve",
    "suggest",
]

logger = logging.getLogger(__name__)

MODELS_KEPT = 32  # per process; a model takes some tens of megabytes
RETRY_SECONDS = 60.0  # how long a file that would not load is left alone
MIN_SHOWN = 0.02  # a resident is not asked to read what is as good as excluded

NO_MODEL = "no_model"
MODEL_FAILED = "model_failed"
CATEGORY_GONE = "category_gone"
AUDITED = "audited"
WORKER_LOST = "worker_lost"
REASONS: dict[type[files.ModelFileError], str] = {
    files.MissingModelError: "model_missing",
    files.AlteredModelError: "model_altered",
    files.TruncatedModelError: "model_truncated",
    files.UnlistedTypeError: "model_unlisted_type",
    files.VersionMismatchError: "model_version",
    files.BrokenModelError: "model_broken",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category in use of the municipality that was asked for, and its probability (0 to 1).

    `is_sure`: the model would route it without a person.
    """

    category: Category
    probability: float
    is_sure: bool = False


class Unservable(Exception):
    """There is no model that can be served. `reason` is a code: `no_model`, or one of REASONS, or `model_failed`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def suggest(municipality: Municipality, text: str, *, is_foreign: bool = False) -> list[Suggestion]:
    """At most three categories for `text`, most probable first, no rest category.

    Without a model, or where it does not know the words, what the starter model says; that comes first too where that
    knows more of the words, whatever the language of the page and however sure the model is of the few that it knows;
    and for a page in another language than the town's (`is_foreign`), of which a model saw few reports, unless the
    model is sure. None for a text that is about nothing of a municipality. Never raises for anything that a model or a
    text can do.
    """
    try:
        decision, share = _decision(municipality, text)
        is_stranger = decision is None or decision.reason in starter.LANGUAGE_UNKNOWN
        is_unsure = decision is not None and decision.action != "route"
        if is_stranger or (is_unsure and is_foreign) or starter.knows_better(text, share):
            pairs = starter.find(municipality.pk, text)
            others = [Suggestion(category, p) for category, p in pairs if p >= MIN_SHOWN][:SUGGESTIONS]
            if others or is_stranger:
                return others
    except Exception as error:  # a form without suggestions is better than no form
        logger.error("the model of %s failed on a text: %s", municipality.code, type(error).__name__)
        return []
    if decision is None or (decision.action == "people" and not decision.emergency):
        return []
    category_of = _categories([label for label, _chance in decision.suggestions], municipality.pk)
    likely = [s for s in _suggestions(decision, category_of) if s.probability >= MIN_SHOWN]
    sure = [replace(s, is_sure=True) for s in likely[:1] if decision.action == "route"]
    return [*sure, *likely[len(sure) :]]


def _decision(municipality: Municipality, text: str) -> tuple[Decision | None, float]:
    """What the town's own model says, and the share of the words that it knows; None where none can be served."""
    model = _live(municipality.pk)
    try:
        classifier = None if model is None else serve(model)
    except Unservable:
        classifier = None
    if classifier is None:
        return None, 0.0
    return classifier.decide(text, _threshold(municipality)), classifier.knows(text)


def is_due(melding: Melding) -> bool:
    """Whether a locked melding still waits for its prediction. Imported ones never do."""
    return melding.prediction_due_at is not None


def predict(melding: Melding, *, with_model: bool = True) -> Prediction:
    """The same as predict_many, for one. `with_model` is false when asking the model killed a worker before."""
    (prediction,) = predict_many([melding], with_model=with_model)
    return prediction


def predict_many(meldingen: Sequence[Melding], *, with_model: bool = True) -> list[Prediction]:
    """Store the one prediction of each of these locked meldingen of one municipality that are due.

    The category is set where the model may; one that a reporter or a colleague chose stays. As many statements as for
    one, but for what changes in each melding. IntegrityError where there is a prediction already.
    """
    if not meldingen:
        return []
    model = _live(meldingen[0].municipality_id)
    decisions = _decisions(meldingen, model) if with_model else [WORKER_LOST for _melding in meldingen]
    labels = [label for each in decisions if isinstance(each, Decision) for label, _chance in each.suggestions]
    category_of = _categories(labels, meldingen[0].municipality_id) if labels else {}
    predictions = [
        _to_people(melding, model, each) if isinstance(each, str) else _judgement(melding, model, each, category_of)
        for melding, each in zip(meldingen, decisions, strict=True)
    ]
    Prediction.objects.bulk_create(predictions)
    for prediction in predictions:
        _follow(prediction, model)
    return predictions


def _follow(prediction: Prediction, model: TrainedModel | None) -> None:
    """Its melding is due no more, and has the category that the model chose where it may choose."""
    melding = prediction.melding
    lifecycle.put(melding, prediction_due_at=None)
    if prediction.action == Prediction.Action.ROUTE and melding.category_id is None:
        lifecycle.change(
            melding,
            events.Classified(model=model.version if model else None, reason=prediction.reason),
            actor=events.MODEL,
            category=prediction.category,
            category_by=Melding.CategoryBy.MODEL,
        )


def serve(model: TrainedModel) -> Classifier:
    """The classifier of a row, read from its file at most once per process. Raises Unservable."""
    key = (model.municipality_id, model.sha256)
    with _loading:
        entry = _memory.pop(key, None)
        if entry is None or (isinstance(entry[0], str) and time.monotonic() - entry[1] > RETRY_SECONDS):
            entry = (_load(model), time.monotonic())
        _memory[key] = entry
        while len(_memory) > MODELS_KEPT:
            _memory.popitem(last=False)
    if isinstance(entry[0], str):
        raise Unservable(entry[0])
    return entry[0]


def forget_models() -> None:
    """Forget every model that this process read."""
    with _loading:
        _memory.clear()


def label_of(category: Category) -> str:
    """The label under which a model knows a category: `main|sub`, or `main` alone. Reads the parent."""
    return f"{category.parent.slug}|{category.slug}" if category.parent else category.slug


def check_models(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """System check, run where a database is named (`check --database default`, `migrate`): can every model be read?

    A warning, never an error: a service without a model works, people choose.
    """
    if not databases:
        return []
    try:
        models = list(TrainedModel.objects.filter(status=TrainedModel.Status.LIVE).select_related("municipality"))
    except DatabaseError:  # before the first migration, or without a database: other checks say so
        return []
    warnings: list[checks.CheckMessage] = []
    for model in models:
        try:
            serve(model)
        except Unservable as unservable:
            warnings.append(
                checks.Warning(
                    f"Model {model.version} of {model.municipality.code} cannot be served ({unservable.reason}); "
                    "its meldingen go to people.",
                    hint=f"Run: manage.py train_model {model.municipality.code} --use",
                    id="meldingen.W001",
                )
            )
    return warnings


_loading = Lock()
_memory: OrderedDict[tuple[int, str], tuple[Classifier | str, float]] = OrderedDict()


def failures(municipality: Municipality, newest: int) -> int:
    """On how many of the newest meldingen a model failed that could be read."""
    rows = Prediction.objects.of(municipality).order_by("-pk").values_list("reason", flat=True)[:newest]
    return sum(reason == MODEL_FAILED for reason in rows)


def _live(municipality_id: int) -> TrainedModel | None:
    return TrainedModel.objects.of(municipality_id).filter(status=TrainedModel.Status.LIVE).first()


def _load(model: TrainedModel) -> Classifier | str:
    """The classifier, or the code of what is wrong with its file."""
    start = time.monotonic()
    try:
        classifier = files.load(_path(model), sha256=model.sha256)
    except files.ModelFileError as error:
        reason = REASONS.get(type(error), "model_broken")
    except Exception as error:
        logger.error("model %s cannot be read: %s", model, type(error).__name__)
        reason = MODEL_FAILED
    else:
        logger.info("model %s read in %.2f s", model, time.monotonic() - start)
        return classifier
    logger.error("model %s is not served (%s): meldingen go to people until another is in use", model, reason)
    return reason


def _path(model: TrainedModel) -> Path:
    return Path(settings.MODELS_DIR) / model.file


def _decisions(meldingen: Sequence[Melding], model: TrainedModel | None) -> list[Decision | str]:
    """What the model says of each, or the code of why it says nothing."""
    if model is None:
        return [NO_MODEL for _melding in meldingen]
    threshold = _threshold(meldingen[0].municipality)
    try:
        return [*serve(model).decide_many([melding.text for melding in meldingen], threshold=threshold)]
    except Unservable as unservable:
        return [unservable.reason for _melding in meldingen]
    except Exception as error:  # a text on which the model fails is a text for people, not a task that fails for ever
        if len(meldingen) > 1:
            return [decision for melding in meldingen for decision in _decisions([melding], model)]
        logger.error("model %s failed on melding %s: %s", model, meldingen[0].pk, type(error).__name__)
        return [MODEL_FAILED]


def _judgement(
    melding: Melding, model: TrainedModel | None, decision: Decision, category_of: Mapping[str, Category]
) -> Prediction:
    """The prediction of a melding, not yet stored."""
    suggestions = _suggestions(decision, category_of)
    prediction = _to_people(melding, model, decision.reason)
    prediction.action = decision.action
    prediction.probability = decision.probability
    prediction.suggestions = [{"category": label_of(s.category), "probability": s.probability} for s in suggestions]
    may_choose = decision.reason != "rest_class" and suggestions and suggestions[0].probability == decision.probability
    if may_choose:
        prediction.category = suggestions[0].category
    elif decision.action == "route":
        prediction.action, prediction.reason = Prediction.Action.SUGGEST, CATEGORY_GONE
    if melding.is_audited and prediction.action == Prediction.Action.ROUTE:
        prediction.action, prediction.reason = Prediction.Action.SUGGEST, AUDITED
    return prediction


def _to_people(melding: Melding, model: TrainedModel | None, reason: str) -> Prediction:
    return Prediction(
        municipality_id=melding.municipality_id,
        melding=melding,
        model=model,
        action=Prediction.Action.PEOPLE,
        reason=reason,
        emergency=melding.is_emergency,
    )


def _threshold(municipality: Municipality) -> float | None:
    return None if municipality.routing_threshold is None else float(municipality.routing_threshold)


def _suggestions(decision: Decision, category_of: Mapping[str, Category]) -> list[Suggestion]:
    """The labels of a decision as categories in use here. Labels of the same category count together."""
    of_category: dict[int, Suggestion] = {}
    for label, probability in decision.suggestions:
        category = category_of.get(label)
        if category is not None:
            earlier = of_category[category.pk].probability if category.pk in of_category else 0.0
            of_category[category.pk] = Suggestion(category, earlier + probability)
    return sorted(of_category.values(), key=lambda s: -s.probability)


def _categories(labels: Sequence[str], municipality_id: int) -> dict[str, Category]:
    """The categories in use that these labels mean, by label; one query, for no other category.

    Rest classes mean none: the classifier suggests none of them.
    """
    slugs = {label.rpartition("|")[2] for label in labels}
    rows = Category.objects.of(municipality_id).filter(is_active=True, slug__in=slugs)
    in_use = [row for row in rows.select_related("parent") if row.parent is None or row.parent.is_active]
    return {label_of(category): category for category in in_use if label_of(category) in labels}
