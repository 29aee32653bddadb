"""Trains the classifier of one municipality and keeps its file, as a candidate. Who puts it into use is a person."""

import hashlib
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from analytics.learning.corpus import MIN_HANDLED, Corpus, Say
from meldingen.classification import files, training
from meldingen.classification.model import Classifier
from meldingen.routing.models import TrainedModel
from meldingen.routing.using import delete_files
from meldingen.tenancy.models import Municipality

# Shipped examples are few per category. What they promise is little, and every page that shows the model says so.
MIN_EXAMPLES = {TrainedModel.TrainedOn.HANDLED: training.MIN_EXAMPLES, TrainedModel.TrainedOn.EXAMPLES: 8}
RECIPE = {".py", ".csv", ".txt"}  # what the classifier is made of: code and lists of words


@dataclass(frozen=True)
class Outcome:
    """The model that was trained, whether it is a new one, and whether the one in use routes and this would not."""

    model: TrainedModel
    is_new: bool
    stops_routing: bool = False


def train(municipality: Municipality, corpus: Corpus, say: Say = lambda _: None, *, again: bool = False) -> Outcome:
    """Train on `corpus` and keep the model as the candidate, unless the newest was made from the very same and loads.

    `again` trains in any case. `say` hears in words what is being done. Raises training.TrainingError.
    """
    fingerprint = _fingerprint(corpus)
    own = TrainedModel.objects.of(municipality)
    newest = own.exclude(status=TrainedModel.Status.RETIRED).order_by("version").last()
    if not again and newest is not None and newest.figures.get("fingerprint") == fingerprint and _loads(newest):
        return Outcome(newest, is_new=False)
    least = MIN_EXAMPLES[corpus.source]
    say(f"Training on {len(corpus)} texts with {len(set(corpus.labels))} categories")
    classifier, latest = training.learn(
        corpus.texts, corpus.labels, corpus.days, corpus.blind, min_examples=least, say=say
    )
    figures = {"fingerprint": fingerprint} | _figures(classifier)
    if latest is not None and corpus.source == TrainedModel.TrainedOn.HANDLED:
        figures |= _shares(latest)
    say("Writing the model")
    live = own.filter(status=TrainedModel.Status.LIVE).first()
    stops = classifier.threshold is None and live is not None and live.figures.get("threshold") is not None
    return Outcome(_register(municipality, corpus, classifier, figures), is_new=True, stops_routing=stops)


def _figures(classifier: Classifier) -> dict[str, Any]:
    """What the model promises, computed on held-out texts; or `stopped`: the code of why it promises nothing.

    right and right_own: among those that it would have routed, judged by what others of them and by what they
    themselves taught. never: labels of which it was never sure enough.
    """
    promise = classifier.promise
    shares = {"right": promise.right, "right_own": promise.right_own}
    return {
        "threshold": classifier.threshold,
        "precision": classifier.precision,
        "stopped": promise.stopped,
        "folded": len(classifier.folded),
        "promised_on": promise.texts,
        "promise_is_blind": promise.is_blind,
        "never": list(promise.never),
    } | {name: share and round(share, 4) for name, share in shares.items()}


def _shares(newest: training.Newest) -> dict[str, Any]:
    """What the newest quarter says of a model that knew only the older texts: what the next months may look like.

    accuracy and top3 (shares of all), routed (share that it would route) and routed_right (share of those), on
    `held_out` texts.
    """
    shares = {
        "accuracy": newest.accuracy,
        "top3": newest.top3,
        "routed": newest.routed,
        "routed_right": newest.routed_right,
    }
    return {"held_out": newest.texts} | {name: share and round(share, 4) for name, share in shares.items()}


def is_enough(corpus: Corpus) -> bool:
    """Whether a municipality has handled enough to learn from."""
    return len(corpus) >= MIN_HANDLED


def _fingerprint(corpus: Corpus) -> str:
    """Changes with the corpus and with whatever makes another file of it."""
    recipe = f"{corpus.source}/{MIN_EXAMPLES[corpus.source]}/{files.FORMAT}/{version('scikit-learn')}/{_code()}"
    return hashlib.sha256(f"{recipe}/{corpus.fingerprint()}".encode()).hexdigest()


def _code() -> str:
    """A hash of the recipe itself: another version of the classifier trains again."""
    folder = Path(training.__file__).parent
    parts = sorted(path for path in folder.rglob("*") if path.suffix in RECIPE)
    return hashlib.sha256(b"".join(path.read_bytes() for path in parts)).hexdigest()


def _loads(model: TrainedModel) -> bool:
    try:
        files.load(Path(settings.MODELS_DIR) / model.file, sha256=model.sha256)
    except files.ModelFileError:
        return False
    return True


def _register(
    municipality: Municipality, corpus: Corpus, classifier: Classifier, figures: dict[str, Any]
) -> TrainedModel:
    """Write the file and the row in one transaction, one at a time per municipality; a candidate before it retires."""
    with transaction.atomic():
        # no_key: meldingen may come in meanwhile.
        Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
        models = TrainedModel.objects.of(municipality)
        number = (models.aggregate(last=Max("version"))["last"] or 0) + 1
        name = f"{municipality.code}/model-{number}.skops"
        model_file = files.save(classifier, Path(settings.MODELS_DIR) / name)
        # A file holds words of reports, so it goes when nobody needs it.
        older = models.filter(status=TrainedModel.Status.CANDIDATE)
        transaction.on_commit(partial(delete_files, [each.file for each in older]), robust=True)
        older.update(status=TrainedModel.Status.RETIRED)
        return TrainedModel.objects.create(
            municipality=municipality,
            version=number,
            file=name,
            sha256=model_file.sha256,
            trained_on=corpus.source,
            texts=len(corpus),
            classes=len(classifier.classes_),
            figures=figures,
        )
