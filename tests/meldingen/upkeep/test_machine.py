from pathlib import Path
from typing import Any

from meldingen.routing.models import Prediction, TrainedModel
from meldingen.upkeep import machine
from tests.factories import Town
from tests.learned import learn


def _model(town: Town, **values: Any) -> TrainedModel:
    about = {"file": "m.skops", "sha256": "0" * 64, "trained_on": "examples", "texts": 200, "classes": 3, "version": 1}
    return TrainedModel.objects.create(municipality=town.municipality, **(about | values))


def _sentences(town: Town) -> list[str]:
    return [defect.sentence for defect in machine.look(town.municipality)]


def test_a_town_without_a_model_is_not_broken(town: Town) -> None:
    assert _sentences(town) == []


def test_a_model_that_waits_is_named(town: Town) -> None:
    _model(town)
    assert len(_sentences(town)) == 1


def test_a_file_that_cannot_be_read_is_grave(town: Town) -> None:
    _model(town, status="live")
    (defect,) = machine.look(town.municipality)
    assert defect.is_grave


def test_a_model_that_stopped_says_why(town: Town, settings: Any, tmp_path: Path) -> None:
    settings.MODELS_DIR = tmp_path
    model = learn(town)
    TrainedModel.objects.filter(pk=model.pk).update(figures={**model.figures, "stopped": None})
    assert _sentences(town) == []
    TrainedModel.objects.filter(pk=model.pk).update(figures={**model.figures, "stopped": "promise_broken"})
    (sentence,) = _sentences(town)
    assert sentence.startswith("Model 1")


def test_meldingen_on_which_it_failed_are_counted(town: Town, settings: Any, tmp_path: Path) -> None:
    settings.MODELS_DIR = tmp_path
    model = learn(town)
    TrainedModel.objects.filter(pk=model.pk).update(figures={})
    values = {"municipality": town.municipality, "melding": town.melding(), "action": "people"}
    Prediction.objects.create(**values, reason="model_failed")
    assert len(_sentences(town)) == 1
