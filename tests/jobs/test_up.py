"""`make up` on the running stack: what is healthy stays as it is, what died is back soon."""

import importlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.blocks import ROOT
from tests.jobs.conftest import until

ROLES = ("web", "worker", "periodic", "beat", "proxy", "redis", "postgres")
AT_MOST = 15  # seconds
NOTHING = 5


@pytest.fixture(scope="module")
def launcher() -> Any:
    """The modules of the launcher, which has no package."""
    sys.path.insert(0, str(ROOT / "docker" / "local"))
    try:
        place, processes, app = map(importlib.import_module, ("place", "processes", "app"))
    finally:
        sys.path.pop(0)
    return place.find(), processes, app


def first_of_each(launcher: Any) -> dict[str, int]:
    here, processes, _app = launcher
    running = processes.running(here)
    return {role: pid for pid, role in running.items() if role in ROLES and parent(pid) not in running}


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])


def up() -> None:
    done = subprocess.run(
        ["/usr/bin/python3", "docker/local", "up"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def works(launcher: Any) -> bool:
    """The web answers, and both workers take what is sent to them."""
    here, _processes, app = launcher
    python = str(ROOT / ".venv" / "bin" / "python")
    ping = [python, "-m", "celery", "-A", "meldingen.conf.celery:app", "inspect", "ping"]
    environment = os.environ | app.environment(here)
    asked = subprocess.run(ping, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return "2 nodes online" in asked.stdout and app.answers(here.known_port("proxy"))


def test_nothing_died_and_nothing_is_started(launcher: Any) -> None:
    before, began = first_of_each(launcher), time.monotonic()
    assert set(before) == set(ROLES)
    up()
    assert time.monotonic() - began <= NOTHING
    assert first_of_each(launcher) == before


@pytest.mark.parametrize("role", ROLES)
def test_what_died_is_back_soon_and_nothing_else_is_touched(launcher: Any, role: str) -> None:
    before = first_of_each(launcher)
    os.kill(before[role], signal.SIGKILL)
    began = time.monotonic()
    up()
    started = time.monotonic() - began
    until(lambda: works(launcher))
    took = time.monotonic() - began
    print(f"{role}: started after {started:.1f} s, everything works after {took:.1f} s")  # noqa: T201
    after = first_of_each(launcher)
    assert {name for name in ROLES if after[name] != before[name]} == {role}
    assert took <= AT_MOST
