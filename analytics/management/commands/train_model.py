"""`manage.py train_model CODE [--use]`: train the classifier of a municipality."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

import meldingen
from analytics.learning import corpus as corpora
from analytics.learning import registry
from meldingen.classification import files
from meldingen.classification.training import TrainingError
from meldingen.routing.models import TrainedModel
from meldingen.routing.using import put_into_use
from meldingen.tenancy.arguments import add_municipality
from meldingen.tenancy.models import Municipality

WHY_NO_PROMISE = {
    "no_promise": "too few texts could be held out to promise anything",
    "promise_broken": "too many of the held-out texts of which it was surest were wrong",
    "promise_worsened": "it was wrong more often on the newest texts than on the ones before",
}
DEMO_EXAMPLES = Path(meldingen.__file__).parent / "demo"


class Command(BaseCommand):
    """Chooses what to learn from, and says in words what was done."""

    help = (
        "Train the classifier of a municipality as a candidate: on its handled meldingen when there are at least "
        f"{corpora.MIN_HANDLED} with text, else on examples. An unchanged input changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_municipality(parser)
        parser.add_argument(
            "--examples",
            type=Path,
            help="CSV with the columns category (main|sub) and text, for a municipality that has handled too little; "
            "default: the examples shipped for this municipality, if any",
        )
        parser.add_argument("--again", action="store_true", help="train even when nothing changed")
        parser.add_argument("--use", action="store_true", help="put the model into use at once; else `use_model` does")

    def handle(self, *args: Any, **options: Any) -> None:
        municipality: Municipality = options["municipality"]
        start = time.monotonic()
        try:
            files.check_writable(Path(settings.MODELS_DIR) / municipality.code)
            corpus = self._corpus(municipality, options["examples"])
            outcome = registry.train(municipality, corpus, self._say, again=options["again"])
        except (TrainingError, corpora.ExamplesError) as error:
            raise CommandError(f"No model was trained and the one in use stays: {error}.") from error
        except OSError as error:
            raise CommandError(
                f"The model cannot be written to {settings.MODELS_DIR} ({error.strerror}); the one in use stays."
            ) from error
        seconds = time.monotonic() - start
        if options["use"]:
            put_into_use(outcome.model)
        self._report(municipality, outcome, seconds)

    def _say(self, words: str) -> None:
        """Say it now, also into a pipe: training takes minutes."""
        self.stdout.write(words)
        self.stdout.flush()

    def _corpus(self, municipality: Municipality, path: Path | None) -> corpora.Corpus:
        corpus = corpora.handled_corpus(municipality, self._say)
        if registry.is_enough(corpus):
            newest = ", the newest of more: as many as it learns from" if corpus.is_newest else ""
            self._say(f"{municipality.name}: {len(corpus)} handled meldingen with text and category{newest}")
            return corpus
        path = path or shipped_examples(municipality)
        if path is None:
            raise CommandError(
                f"{municipality.name} has {len(corpus)} handled meldingen with text and category; "
                f"{corpora.MIN_HANDLED} are needed. Give examples with --examples FILE."
            )
        self.stdout.write(
            f"{municipality.name}: {len(corpus)} handled meldingen with text, less than {corpora.MIN_HANDLED}; "
            f"the examples of {path.name} instead"
        )
        return corpora.examples(path, municipality)

    def _report(self, municipality: Municipality, outcome: registry.Outcome, seconds: float) -> None:
        model, figures = outcome.model, outcome.model.figures
        if not outcome.is_new:
            self.stdout.write(f"Nothing changed: model {model.version} of {municipality.name} {self._standing(model)}.")
            return
        self.stdout.write(
            f"Model {model.version} of {municipality.name} {self._standing(model)}: "
            f"{model.texts} texts, {model.classes} categories, {seconds:.1f} s."
        )
        if "accuracy" in figures:
            self.stdout.write(
                f"On the newest {figures['held_out']} texts: first choice right {figures['accuracy']:.1%}, "
                f"among three {figures['top3']:.1%}."
            )
        self._report_routing(outcome)
        if municipality.is_invented or model.trained_on == TrainedModel.TrainedOn.EXAMPLES:
            self.stdout.write("Written examples prove nothing about the accuracy on real reports: train again later.")

    @staticmethod
    def _standing(model: TrainedModel) -> str:
        if model.status == TrainedModel.Status.LIVE:
            return "is in use"
        return f"is a candidate (use_model {model.municipality.code} {model.version} puts it into use)"

    def _report_routing(self, outcome: registry.Outcome) -> None:
        figures = outcome.model.figures
        if figures["stopped"] is None:
            self.stdout.write(
                f"It routes what it is {figures['threshold']:.1%} sure of or more. Of {figures['promised_on']} held-out"
                f" texts, {figures['right']:.1%} of those that it would have routed were right, judged by what others "
                f"taught ({figures['right_own']:.1%} by what they taught themselves). {_of_whom(figures)}"
            )
        else:
            self.stdout.write(f"It only suggests and routes nothing: {WHY_NO_PROMISE[figures['stopped']]}.")
        if figures["never"]:
            self.stdout.write(f"It was never sure enough of: {', '.join(figures['never'])}.")
        if outcome.stops_routing:
            self.stderr.write(
                "The model in use routes meldingen by itself and this one does not: people get more to do."
            )


def _of_whom(figures: Mapping[str, Any]) -> str:
    """Whether people had seen a guess when they gave the labels behind the promise."""
    if figures["promise_is_blind"]:
        return "Nobody had seen a guess when they gave these labels."
    return (
        "Too few of these labels were given without a guess in sight: who sees one tends to choose it, so they flatter."
    )


def shipped_examples(municipality: Municipality) -> Path | None:
    """The examples that were written for this municipality, if it is one of the demonstration's."""
    for about in sorted(DEMO_EXAMPLES.glob("*/municipality.json")):
        examples = about.with_name("examples.csv")
        if json.loads(about.read_text())["code"] == municipality.code and examples.is_file():
            return examples
    return None
