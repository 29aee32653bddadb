from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from analytics.learning import registry
from meldingen.routing import prediction
from meldingen.routing.models import ModelUse, TrainedModel
from meldingen.routing.using import NotUsable, has_file, put_into_use, take_out_of_use
from tests.factories import Town
from tests.learned import CONTAINER, corpus
from tests.sure import sure


@pytest.fixture
def trained(town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Callable[..., Any]:
    """Train and put into use, one after the other; the models."""

    def train(*seeds: int) -> list[TrainedModel]:
        with django_capture_on_commit_callbacks(execute=True):
            return [put_into_use(registry.train(town.municipality, corpus(seed=seed)).model) for seed in seeds]

    return train


def standing() -> list[tuple[int, str]]:
    return list(TrainedModel.objects.order_by("version").values_list("version", "status"))


def test_a_candidate_suggests_nothing_until_somebody_puts_it_into_use(town: Town) -> None:
    model = registry.train(town.municipality, corpus()).model
    assert prediction.suggest(town.municipality, CONTAINER) == []
    put_into_use(model)
    assert prediction.suggest(town.municipality, CONTAINER)[0].category == town.container


def test_the_one_before_retires_and_keeps_its_file_and_older_ones_lose_theirs(trained: Callable[..., Any]) -> None:
    models = trained(1, 2, 3)
    assert standing() == [(1, "retired"), (2, "retired"), (3, "live")]
    assert [(settings.MODELS_DIR / each.file).exists() for each in models] == [False, True, True]


def test_the_one_before_can_be_put_back(town: Town, trained: Callable[..., Any]) -> None:
    trained(1, 2)
    call_command("use_model", town.municipality.code, "1")
    assert standing() == [(1, "live"), (2, "retired")]


def test_twice_is_as_once_and_the_one_before_can_still_be_put_back(
    trained: Callable[..., Any], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    first, second = trained(1, 2)
    with django_capture_on_commit_callbacks(execute=True):
        put_into_use(second)
    assert standing() == [(1, "retired"), (2, "live")]
    assert (settings.MODELS_DIR / first.file).exists()
    put_into_use(first)
    assert standing() == [(1, "live"), (2, "retired")]


def test_what_cannot_be_read_is_not_put_into_use(town: Town, trained: Callable[..., Any]) -> None:
    trained(1)
    broken = registry.train(town.municipality, corpus(seed=2)).model
    (settings.MODELS_DIR / broken.file).write_bytes(b"")
    with pytest.raises(NotUsable, match="2"):
        put_into_use(broken)
    assert standing() == [(1, "live"), (2, "candidate")]


def test_the_command_takes_the_newest_candidate_or_says_that_there_is_none(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="train_model"):
        call_command("use_model", town.municipality.code)
    registry.train(town.municipality, corpus())
    call_command("use_model", town.municipality.code)
    assert standing() == [(1, "live")]


def test_two_in_use_are_refused_by_the_database(town: Town, trained: Callable[..., Any]) -> None:
    trained(1, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        TrainedModel.objects.update(status="live")


def test_a_manager_puts_a_candidate_into_use_and_nobody_else_does(
    town: Town, manager: Client, reader: Client, triager: Client
) -> None:
    model = registry.train(town.municipality, corpus()).model
    address = f"/beheer/meldingen/trainedmodel/{model.pk}/gebruiken/"
    for client, status in ((reader, "candidate"), (triager, "candidate"), (manager, "live")):
        client.post(address, {"reason": "Beter dan niets."})
        assert standing() == [(1, status)]
    use = ModelUse.objects.get()
    assert (use.model, use.before, use.reason, sure(use.user).pk) == (model, None, "Beter dan niets.", use.user_id)


def test_a_colleague_says_why_and_a_command_need_not(town: Town, manager: Client) -> None:
    model = registry.train(town.municipality, corpus()).model
    page = manager.post(f"/beheer/meldingen/trainedmodel/{model.pk}/gebruiken/", {"reason": " "})
    assert b'aria-invalid="true"' in page.content
    assert standing() == [(1, "candidate")]
    put_into_use(model)
    assert ModelUse.objects.get().user is None


def test_a_model_that_was_stopped_can_be_put_back_also_after_another(
    town: Town, trained: Callable[..., Any], django_capture_on_commit_callbacks: Any
) -> None:
    first, user = trained(1)[0], town.member("manager")
    take_out_of_use(town.municipality, user=user, reason="Het stuurt alles naar wegen.")
    assert standing() == [(1, "retired")]
    with django_capture_on_commit_callbacks(execute=True):
        trained(2)
    assert has_file(first)
    put_into_use(first, user=user, reason="Terug.")
    last = sure(ModelUse.objects.first())
    assert (last.model_id, last.before_id) == (first.pk, first.pk + 1)


def test_stopping_what_is_not_in_use_changes_nothing(town: Town) -> None:
    take_out_of_use(town.municipality, user=town.member("manager"), reason="Niets.")
    assert not ModelUse.objects.exists()


def test_a_model_of_another_town_is_none(manager: Client, neighbour: Town) -> None:
    theirs = registry.train(neighbour.municipality, corpus()).model
    answer = manager.post(f"/beheer/meldingen/trainedmodel/{theirs.pk}/gebruiken/", {"reason": "x"})
    assert answer.status_code == 404


def test_the_history_of_models_is_only_added_to(town: Town, trained: Callable[..., Any]) -> None:
    trained(1)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ModelUse.objects.update(reason="anders")
