"""The words that pushed a guess."""

import pytest

from meldingen.record.models import Melding
from meldingen.routing import prediction
from meldingen.routing.explanations import words_behind
from meldingen.routing.models import TrainedModel
from tests.factories import Town
from tests.learned import CONTAINER, learn


@pytest.fixture
def melding(town: Town) -> Melding:
    """One that the model in use has looked at."""
    learn(town)
    melding = town.melding(text=CONTAINER)
    prediction.predict(melding)
    return Melding.objects.select_related("prediction__model").get(pk=melding.pk)


def test_the_words_that_made_the_difference_come_first(melding: Melding) -> None:
    words = words_behind(melding)
    assert words[0] in {"container", "overvol", "klep", "puilt", "zit"}
    assert not set(words) & {"de", "en"}


def test_a_model_that_is_in_use_no_more_explains_nothing(melding: Melding) -> None:
    TrainedModel.objects.update(status="retired")
    assert words_behind(Melding.objects.select_related("prediction__model").get(pk=melding.pk)) == []


def test_words_that_would_give_another_guess_by_now_explain_nothing(melding: Melding) -> None:
    melding.text = "gedumpt bankstel en matras op de stoep"
    assert words_behind(melding) == []


def test_a_file_that_cannot_be_read_explains_nothing(melding: Melding) -> None:
    TrainedModel.objects.update(sha256="0" * 64)
    prediction.forget_models()
    assert words_behind(Melding.objects.select_related("prediction__model").get(pk=melding.pk)) == []


def test_without_a_prediction_there_is_nothing_to_explain(town: Town) -> None:
    assert words_behind(town.melding()) == []
