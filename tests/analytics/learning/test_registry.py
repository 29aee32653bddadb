import hashlib
import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.conf import settings
from django.db import connections
from pytest_django import DjangoCaptureOnCommitCallbacks

from analytics.learning import registry
from analytics.learning.corpus import Corpus
from meldingen.classification import fitting, training
from meldingen.classification.training import TrainingError
from meldingen.routing.models import TrainedModel
from meldingen.routing.using import put_into_use
from tests.factories import Town
from tests.learned import corpus


def of_handled(n: int = 300) -> Corpus:
    days = [date(2026, 1, 1) + timedelta(days=i // 5) for i in range(n)]
    return replace(corpus(n), source=TrainedModel.TrainedOn.HANDLED, days=days)


def test_a_model_is_written_as_a_candidate(town: Town) -> None:
    said: list[str] = []
    outcome = registry.train(town.municipality, corpus(), said.append)
    model = outcome.model
    content = (settings.MODELS_DIR / model.file).read_bytes()
    assert outcome.is_new
    assert model.file.startswith(f"{town.municipality.code}/")
    assert model.sha256 == hashlib.sha256(content).hexdigest()
    assert (model.version, model.status, model.trained_on, model.texts, model.classes) == (
        1,
        "candidate",
        "examples",
        200,
        2,
    )
    assert said[0] == "Training on 200 texts with 2 categories"


def test_the_same_corpus_again_changes_nothing(town: Town) -> None:
    first = registry.train(town.municipality, corpus())
    second = registry.train(town.municipality, corpus())
    assert (second.is_new, second.model) == (False, first.model)
    assert TrainedModel.objects.count() == 1


def test_training_never_changes_what_is_in_use_and_a_later_candidate_takes_the_place_of_the_one_before(
    town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        live = put_into_use(registry.train(town.municipality, corpus()).model)
        models = [live, *(registry.train(town.municipality, corpus(seed=seed)).model for seed in (2, 3))]
    standing = list(TrainedModel.objects.order_by("version").values_list("version", "status"))
    assert standing == [(1, "live"), (2, "retired"), (3, "candidate")]
    assert [(settings.MODELS_DIR / each.file).exists() for each in models] == [True, False, True]
    assert [(settings.MODELS_DIR / f"{each.file}.json").exists() for each in models] == [True, False, True]
    assert len({each.sha256 for each in models}) == 3


def test_a_damaged_file_is_made_again_from_the_same_corpus(town: Town) -> None:
    first = registry.train(town.municipality, corpus()).model
    (settings.MODELS_DIR / first.file).write_bytes(b"")
    assert registry.train(town.municipality, corpus()).is_new


@pytest.mark.parametrize("part", ["fitting.py", "words/concepts.csv", "words/nl.txt"])
def test_another_recipe_trains_again(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    registry.train(town.municipality, corpus())
    folder = shutil.copytree(Path(training.__file__).parent, tmp_path / "recipe")
    monkeypatch.setattr(training, "__file__", str(folder / "training.py"))
    assert not registry.train(town.municipality, corpus()).is_new
    with (folder / part).open("a") as file:
        file.write("\n")
    assert registry.train(town.municipality, corpus()).is_new


def test_it_can_be_told_to_train_again(town: Town) -> None:
    registry.train(town.municipality, corpus())
    assert registry.train(town.municipality, corpus(), again=True).model.version == 2


def test_a_corpus_that_cannot_be_trained_on_leaves_the_model_in_use(town: Town) -> None:
    first = put_into_use(registry.train(town.municipality, corpus()).model)
    with pytest.raises(TrainingError):
        registry.train(town.municipality, corpus(words={"afval|dumping": "bankstel matras"}))
    assert TrainedModel.objects.get(status="live") == first


def test_the_neighbours_model_stays_as_it_is(town: Town, neighbour: Town) -> None:
    theirs = put_into_use(registry.train(neighbour.municipality, corpus()).model)
    ours = put_into_use(registry.train(town.municipality, corpus(seed=2)).model)
    theirs.refresh_from_db()
    assert (theirs.status, theirs.version, ours.version) == ("live", 1, 1)


def test_handled_meldingen_are_measured_on_the_newest_part(town: Town) -> None:
    model = registry.train(town.municipality, of_handled()).model
    assert model.trained_on == "handled"
    assert 60 <= model.figures["held_out"] <= 75
    assert 0.9 < model.figures["accuracy"] <= model.figures["top3"] <= 1
    assert 0 <= model.figures["routed"] <= 1


def test_labels_that_changed_lately_count_as_wrong(town: Town) -> None:
    half = of_handled()
    labels = [label if i < 225 else "nieuw|nieuw" for i, label in enumerate(half.labels)]
    assert registry.train(town.municipality, replace(half, labels=labels)).model.figures["accuracy"] == 0


def test_written_examples_are_measured_by_nothing_that_came_later(town: Town) -> None:
    figures = registry.train(town.municipality, corpus()).model.figures
    assert "accuracy" not in figures
    assert figures["right"] >= 0.95
    assert (figures["stopped"], figures["never"]) == (None, [])


def test_the_model_keeps_why_it_routes_nothing_and_whether_the_one_in_use_does(town: Town) -> None:
    routing = registry.train(town.municipality, of_handled())
    assert routing.stops_routing is False
    put_into_use(routing.model)
    half, chance = of_handled(600), random.Random(0)
    noisy = replace(half, labels=[chance.choice(half.labels) for _ in half.labels])
    outcome = registry.train(town.municipality, noisy)
    assert (outcome.model.figures["threshold"], outcome.model.figures["stopped"]) == (None, "promise_broken")
    assert outcome.stops_routing
    put_into_use(outcome.model)
    assert registry.train(town.municipality, noisy, again=True).stops_routing is False


def test_it_trains_once_and_says_how_far_it_is(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    fits = Mock(wraps=fitting.fit)
    monkeypatch.setattr(training, "fit", fits)
    registry.train(town.municipality, of_handled(), said.append)
    assert fits.call_count == 1
    assert len(said) > 6


def test_two_trainings_at_once_give_two_versions(transactional_db: None) -> None:
    town = Town()

    def work(seed: int) -> int:
        try:
            return registry.train(town.municipality, corpus(seed=seed)).model.version
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, (1, 2))) == [1, 2]
    assert TrainedModel.objects.filter(status="candidate").count() == 1
