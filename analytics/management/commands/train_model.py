"""`manage.py train_model CODE`: train the classifier of a municipality and put it into use."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

import meldingen
from analytics.learning import corpus as corpora
from analytics.learning import registry
from meldingen.classification import files
from meldingen.classification.training import TrainingError
from meldingen.models import Municipality, TrainedModel

SHIPPED = Path(meldingen.__file__).parent / "demo"


class Command(BaseCommand):
    """Chooses what to learn from, and says in words what was done."""

    help = (
        "Train the classifier of a municipality: on its handled meldingen when there are at least "
        f"{corpora.MIN_HANDLED} with text, else on examples. An unchanged input changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which municipality, and examples instead of the shipped ones."""
        parser.add_argument("municipality", help="CBS code, such as GM0106")
        parser.add_argument(
            "--examples",
            type=Path,
            help="CSV with the columns category (main|sub) and text, for a municipality that has handled too little; "
            "default: the examples shipped for this municipality, if any",
        )
        parser.add_argument("--again", action="store_true", help="train even when nothing changed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Train, or say why not."""
        municipality = Municipality.objects.filter(code=options["municipality"]).first()
        if municipality is None:
            raise CommandError(f"There is no municipality with the code {options['municipality']}.")
        started = time.monotonic()
        try:
            files.check_writable(Path(settings.MODELS_DIR) / municipality.code)
            corpus = self._corpus(municipality, options["examples"])
            outcome = registry.train(municipality, corpus, self.stdout.write, again=options["again"])
        except (TrainingError, corpora.ExamplesError) as error:
            raise CommandError(f"No model was trained and the one in use stays: {error}.") from error
        except OSError as error:
            raise CommandError(
                f"The model cannot be written to {settings.MODELS_DIR} ({error.strerror}); the one in use stays."
            ) from error
        self._report(municipality, outcome, time.monotonic() - started)

    def _corpus(self, municipality: Municipality, given: Path | None) -> corpora.Corpus:
        handled = corpora.handled(municipality)
        if registry.is_enough(handled):
            self.stdout.write(f"{municipality.name}: {len(handled)} handled meldingen with text and category")
            return handled
        path = given or shipped_examples(municipality)
        if path is None:
            raise CommandError(
                f"{municipality.name} has {len(handled)} handled meldingen with text and category; "
                f"{corpora.MIN_HANDLED} are needed. Give examples with --examples FILE."
            )
        self.stdout.write(
            f"{municipality.name}: {len(handled)} handled meldingen with text, less than {corpora.MIN_HANDLED}; "
            f"the examples of {path.name} instead"
        )
        return corpora.examples(path, municipality)

    def _report(self, municipality: Municipality, outcome: registry.Outcome, seconds: float) -> None:
        model, figures = outcome.model, outcome.model.figures
        if not outcome.is_new:
            self.stdout.write(f"Nothing changed: model {model.version} of {municipality.name} stays in use.")
            return
        self.stdout.write(
            f"Model {model.version} of {municipality.name} is in use: "
            f"{model.texts} texts, {model.classes} categories, {seconds:.1f} s."
        )
        if "accuracy" in figures:
            self.stdout.write(
                f"On the newest {figures['held_out']} texts: first choice right {figures['accuracy']:.1%}, "
                f"among three {figures['top3']:.1%}."
            )
        threshold = figures["threshold"]
        self.stdout.write(
            f"It may route from a probability of {threshold:.2f}."
            if threshold is not None
            else "These texts cannot promise enough to route without a person: it only suggests."
        )
        if municipality.is_invented or model.trained_on == TrainedModel.TrainedOn.EXAMPLES:
            self.stdout.write("Written examples prove nothing about the accuracy on real reports: train again later.")


def shipped_examples(municipality: Municipality) -> Path | None:
    """The examples that were written for this municipality, if it is one of the demonstration's."""
    for about in sorted(SHIPPED.glob("*/municipality.json")):
        examples = about.with_name("examples.csv")
        if json.loads(about.read_text())["code"] == municipality.code and examples.is_file():
            return examples
    return None
