"""What happens when far more comes in than can be done."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from meldingen import queueing
from meldingen.record.models import Melding
from meldingen.routing import tasks as routing_tasks
from meldingen.routing.models import Prediction
from tests.factories import Town
from tests.journeys.machinery import Worker, predictions_held_up, until
from tests.learned import CONTAINER

pytestmark = pytest.mark.slow

FLOOD = 50


@pytest.fixture
def workers(town: Town, broker: Any, tmp_path: Path) -> Iterator[Any]:
    """The two workers of the private stack, with beat beside the second."""
    both = [Worker(broker, tmp_path, "classify,mail,bulk", beat=False), Worker(broker, tmp_path, "periodic")]
    for each in both:
        each.start()
    yield both
    for each in both:
        each.kill()


def test_the_sweep_never_waits_behind_a_flood_of_meldingen(
    town: Town, neighbour: Town, broker: Any, workers: Any
) -> None:
    with predictions_held_up():
        for _ in range(FLOOD):
            queueing.after_commit(routing_tasks.classify_and_route, town.melding(text=CONTAINER).pk)
        lost = neighbour.melding(text=CONTAINER)  # by the broker; no task of another town takes it along
        until(lambda: Melding.objects.get(pk=lost.pk).prediction_claims, 60)
        assert broker.length("classify") > FLOOD // 2
        assert not Prediction.objects.exists()
    until(lambda: Prediction.objects.count() == FLOOD + 1)
