"""How good a model is, by the choices of colleagues who saw no guess."""

from typing import Any

import pytest
from django.test import Client

from meldingen.categories.models import Category
from meldingen.handling import guesses, triage, undoing
from meldingen.record.models import Event, Melding
from meldingen.routing.measuring import Score, measure
from meldingen.routing.models import Prediction, TrainedModel
from tests.factories import Town


@pytest.fixture
def model(town: Town) -> TrainedModel:
    return TrainedModel.objects.create(
        municipality=town.municipality, version=1, file="m.skops", sha256="0" * 64, trained_on="handled", texts=900,
        classes=2, status="live", figures={"precision": 0.95, "threshold": 0.9, "stopped": None},
    )  # fmt: skip


def guess(town: Town, model: TrainedModel, *, audited: bool = True, **values: Any) -> Melding:
    """A melding of which the model is sure that it is the container; one that is audited shows no guess."""
    melding = town.melding()
    Melding.objects.filter(pk=melding.pk).update(is_audited=audited)
    Prediction.objects.create(
        municipality=town.municipality, melding=melding, model=model, category=town.container, probability=0.97,
        suggestions=[{"category": "afval|container-vol", "probability": 0.97}],
        **{"action": "suggest", "reason": "audited" if audited else "below_threshold"} | values,
    )  # fmt: skip
    return Melding.objects.get(pk=melding.pk)


def choose(town: Town, melding: Melding, category: Category) -> triage.Case:
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    triage.recategorise(case, category, guesses_seen=guesses.mark(Melding.objects.get(pk=melding.pk)))
    return case


def test_a_promise_is_held_against_blind_choices(town: Town, model: TrainedModel) -> None:
    for category in (town.container, town.container, town.dumping):
        choose(town, guess(town, model), category)
    assert measure(model).promise == Score(2, 3)


def test_who_saw_a_guess_does_not_count(town: Town, model: TrainedModel) -> None:
    choose(town, guess(town, model, audited=False), town.container)
    assert measure(model).first == Score(0, 0)


def test_who_changed_their_mind_after_the_guess_was_shown_counts_by_their_first_choice(
    town: Town, model: TrainedModel
) -> None:
    melding = guess(town, model)
    choose(town, melding, town.dumping)
    choose(town, melding, town.container)
    assert measure(model).promise == Score(0, 1)


def test_a_choice_that_was_undone_is_none(town: Town, model: TrainedModel) -> None:
    melding = guess(town, model)
    before = melding.events.latest("id").pk
    undoing.undo(choose(town, melding, town.dumping), before)
    choose(town, melding, town.container)
    assert measure(model).first == Score(0, 0)


def test_what_it_was_not_sure_of_is_no_part_of_the_promise(town: Town, model: TrainedModel) -> None:
    choose(town, guess(town, model, reason="below_threshold"), town.container)
    assert (measure(model).promise, measure(model).first) == (Score(0, 0), Score(1, 1))


def test_how_much_it_routed_by_itself(town: Town, model: TrainedModel) -> None:
    guess(town, model, audited=False, action="route", reason="confident")
    guess(town, model, audited=False)
    assert measure(model).by_itself == Score(1, 2)


@pytest.mark.parametrize(
    ("score", "breaks"),
    [(Score(204, 212), False), (Score(180, 212), True), (Score(5, 10), False), (Score(0, 0), False)],
)
def test_a_promise_is_broken_where_chance_does_not_explain_it(score: Score, breaks: bool) -> None:
    assert score.breaks(0.95) is breaks


def test_the_interval_holds_the_share(town: Town) -> None:
    low, high = Score(204, 212).interval
    assert (round(low, 3), round(high, 3)) == (0.927, 0.981)


def test_the_page_says_what_was_promised_and_what_it_was(town: Town, model: TrainedModel, manager: Client) -> None:
    for number in range(31):
        choose(town, guess(town, model), town.dumping if number == 0 else town.container)
    page = manager.get("/beheer/meldingen/trainedmodel/").content.decode()
    assert "Beloofd 95 %, was 96,8 % van 31." in page
    assert Event.objects.filter(kind="recategorised").count() == 31


def test_too_few_choices_are_said_to_be_too_few(town: Town, model: TrainedModel, manager: Client) -> None:
    choose(town, guess(town, model), town.container)
    page = manager.get("/beheer/meldingen/trainedmodel/").content.decode()
    assert "Te weinig blinde keuzes om dat na te gaan: 1." in page


def test_why_it_routes_nothing_is_said(town: Town, model: TrainedModel, manager: Client) -> None:
    model.figures |= {"threshold": None, "stopped": "promise_worsened"}
    model.save()
    page = manager.get("/beheer/meldingen/trainedmodel/").content.decode()
    assert "slechter op de nieuwste meldingen" in page


def test_without_a_model_the_page_says_so(manager: Client) -> None:
    assert "Er is geen model in gebruik" in manager.get("/beheer/meldingen/trainedmodel/").content.decode()


@pytest.mark.parametrize(
    ("is_blind", "words"),
    [(True, "600 keuzes van mensen die geen suggestie hadden gezien"), (False, "dat maakt het mooier dan het is")],
)
def test_the_page_says_of_which_choices_the_promise_is_made(
    model: TrainedModel, manager: Client, is_blind: bool, words: str
) -> None:
    model.figures |= {"promised_on": 600, "promise_is_blind": is_blind}
    model.save()
    assert words in manager.get("/beheer/meldingen/trainedmodel/").content.decode()
