import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from meldingen.conf.celery import app

ROOT = Path(__file__).resolve().parents[3]
app.loader.import_default_modules()
TASKS = sorted(name for name in app.tasks if not name.startswith("celery."))


@pytest.mark.parametrize("name", TASKS)
def test_a_task_has_a_queue_and_ends(name: str) -> None:
    task: Any = app.tasks[name]
    assert app.amqp.router.route({}, name)["queue"].name == settings.TASKS[name][0]
    assert 0 < task.soft_time_limit < task.time_limit


def test_no_line_outlives_its_task() -> None:
    assert set(settings.TASKS) == set(TASKS)


def test_what_still_runs_is_not_handed_to_a_second_worker() -> None:
    longest = max(hard for _queue, _soft, hard in settings.TASKS.values())
    assert longest < int(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]))


def test_what_is_beside_the_sweep_ends_before_the_next_one() -> None:
    assert max(hard for queue, _soft, hard in settings.TASKS.values() if queue == "periodic") <= 60


@pytest.mark.parametrize("path", ["docker/compose.yml", "docker/local/app.py"])
def test_workers_take_all_queues_and_the_sweep_has_one_of_its_own(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    lists = re.findall(r"--queues, \"?([a-z]+(?:,[a-z]+)*)", text) or re.findall(r'": \("([a-z,]+)", "\d"\)', text)
    assert sorted(",".join(lists).split(",")) == sorted(settings.QUEUES)
    assert "periodic" in lists
