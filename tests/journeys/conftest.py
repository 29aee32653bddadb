"""The pieces of a journey: a town with a model, a broker, a worker, and the folder into which mail goes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from meldingen import queueing
from meldingen.notifications import tasks as notifications_tasks
from meldingen.routing import prediction
from tests.factories import Town
from tests.journeys.machinery import Broker, Browser, Worker
from tests.learned import learn


@pytest.fixture
def town(transactional_db: None) -> Any:
    """The small town, seen by other processes, with a model in use."""
    prediction.forget_models()
    place = Town()
    learn(place)
    return place


@pytest.fixture
def browser(town: Town) -> Any:
    return Browser(Client(headers={"host": town.host}))


@pytest.fixture
def broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A running Redis, to which this process publishes as well."""
    server = Broker(tmp_path)
    server.start()
    monkeypatch.setattr(notifications_tasks.deliver.app.conf, "broker_url", server.url)
    monkeypatch.setattr(queueing._Pause, "until", 0.0)
    yield server
    server.stop()


@pytest.fixture
def worker(town: Town, broker: Any, tmp_path: Path) -> Iterator[Any]:
    """A worker that was not started yet; none is left behind."""
    process = Worker(broker, tmp_path)
    yield process
    process.kill()


@pytest.fixture
def mailbox(worker: Any) -> Any:
    folder = Path(settings.DATA_DIR) / "mail"
    for path in folder.glob("*.eml"):
        path.unlink()
    return folder
