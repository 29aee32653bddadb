"""Trains the classifier of one municipality, keeps its file, and puts it into use."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from analytics.learning.corpus import MIN_HANDLED, Corpus
from meldingen.classification import evaluation, files, training
from meldingen.classification.model import Classifier
from meldingen.models import Municipality, TrainedModel

# Shipped examples are few per category. What they promise is little, and every page that shows the model says so.
MIN_EXAMPLES = {TrainedModel.TrainedOn.HANDLED: training.MIN_EXAMPLES, TrainedModel.TrainedOn.EXAMPLES: 8}
HELD_OUT = 0.2
RECIPE = {".py", ".csv", ".txt"}  # what the classifier is made of: code and lists of words

Say = Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """The model in use after training, and whether it is a new one."""

    model: TrainedModel
    is_new: bool


def train(municipality: Municipality, corpus: Corpus, say: Say = lambda _: None, *, again: bool = False) -> Outcome:
    """Train on `corpus` and put the model into use, unless the one in use was made from the very same and loads.

    `again` trains in any case. `say` hears in words what is being done. Raises training.TrainingError.
    """
    fingerprint = _fingerprint(corpus)
    current = TrainedModel.objects.filter(municipality=municipality, is_active=True).first()
    if not again and current is not None and current.figures.get("fingerprint") == fingerprint and _loads(current):
        return Outcome(current, is_new=False)
    least = MIN_EXAMPLES[corpus.source]
    figures: dict[str, Any] = {"fingerprint": fingerprint}
    if corpus.source == TrainedModel.TrainedOn.HANDLED:
        say(f"Measuring on the newest {HELD_OUT:.0%} of {len(corpus)} texts")
        figures |= measure(corpus, least)
    say(f"Training on {len(corpus)} texts with {len(set(corpus.labels))} categories")
    classifier = training.train(corpus.texts, corpus.labels, corpus.days, min_examples=least)
    figures |= {"threshold": classifier.threshold, "precision": classifier.precision, "folded": len(classifier.folded)}
    say("Writing the model and putting it into use")
    return Outcome(_register(municipality, corpus, classifier, figures), is_new=True)


def measure(corpus: Corpus, min_examples: int) -> dict[str, Any]:
    """Figures of a model trained on the older texts, on the newer ones: what the next months may look like.

    accuracy and top3 (shares of all), routed (share that it would route) and routed_right (share of those), on
    `held_out` texts. Empty when the older part cannot be trained on.
    """
    cut = int(len(corpus) * (1 - HELD_OUT))
    days = corpus.days[:cut] if corpus.days else None
    try:
        classifier = training.train(corpus.texts[:cut], corpus.labels[:cut], days, min_examples=min_examples)
    except training.TrainingError:
        return {}
    chances = classifier.predict_proba(corpus.texts[cut:])
    truth = evaluation.numbers(classifier, corpus.labels[cut:])
    found = evaluation.quality(chances, truth, classifier.threshold, evaluation.rests(classifier), resamples=0)
    named = {"accuracy": "accuracy", "top3": "top 3"}
    if classifier.threshold is not None:
        named |= {"routed": "routed", "routed_right": "routed right"}
    shares = {name: found[figure].value for name, figure in named.items()}
    return {"held_out": len(truth)} | {name: value and round(value, 4) for name, value in shares.items()}


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


def _delete_files(models: list[TrainedModel]) -> None:
    """A file holds words of reports, so it goes when nobody needs it. A worker may be reading the one before."""
    for model in models:
        files.delete(Path(settings.MODELS_DIR) / model.file)


def _register(
    municipality: Municipality, corpus: Corpus, classifier: Classifier, figures: dict[str, Any]
) -> TrainedModel:
    """Write the file and the row, and flip what is in use, in one transaction; one at a time per municipality."""
    with transaction.atomic():
        # no_key: meldingen may come in meanwhile.
        Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
        models = TrainedModel.objects.filter(municipality=municipality)
        number = (models.aggregate(last=Max("version"))["last"] or 0) + 1
        name = f"{municipality.code}/model-{number}.skops"
        kept = files.save(classifier, Path(settings.MODELS_DIR) / name)
        models.filter(is_active=True).update(is_active=False)
        transaction.on_commit(partial(_delete_files, list(models.filter(version__lt=number - 1))), robust=True)
        return TrainedModel.objects.create(
            municipality=municipality,
            version=number,
            file=name,
            sha256=kept.sha256,
            trained_on=corpus.source,
            texts=len(corpus),
            classes=len(classifier.classes_),
            figures=figures,
            is_active=True,
        )
