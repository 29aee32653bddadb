"""`make bench-flood`: how fast the workers are, and whether a flood of reports holds anything up.

Options: --waiting 3000 --rate 50 --seconds 180. First the worker alone, with so many meldingen waiting for it; then so
many reports a second by the form for so long, with web, both workers and beat running: how late each report was
answered, how often the sweep ran, and how long after the last report nothing waited any more.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from tests.benchmarks.__main__ import prepare

if TYPE_CHECKING:
    from meldingen.tenancy.models import Municipality

CELERY = [sys.executable, "-m", "celery", "-A", "meldingen.conf.celery:app"]
QUEUES = {"worker": ("classify,mail,photos,bulk", "2"), "periodic": ("periodic", "1")}
CLIENTS = 8
PATIENCE = 600  # seconds until what does not end is given up


def main() -> None:
    """Seed, measure both, print."""
    parser = argparse.ArgumentParser(prog="make bench-flood")
    parser.add_argument("--waiting", type=int, default=3000)
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=180)
    wanted = parser.parse_args()
    environment = prepare("meldingen_bench_flood")
    from tests.benchmarks.machine import described
    from tests.benchmarks.seed import seed

    sys.stdout.write(f"{described()}\n\n")
    town = seed(1000)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        stack.enter_context(_own_broker(Path(folder)))
        sys.stdout.writelines(_worker_alone(town, environment, wanted, Path(folder)))
        sys.stdout.writelines(_flood(town, environment, wanted, Path(folder)))


def _worker_alone(
    town: Municipality, environment: dict[str, str], wanted: argparse.Namespace, folder: Path
) -> Iterator[str]:
    from tests.benchmarks.pages import served

    with served(environment) as port:
        reports = _Reports(town, port)
        reports.send_all(wanted.waiting)
    with _running("worker", environment, folder):
        _until(lambda: _waiting() < wanted.waiting)  # it has started and loaded its model
        begun, left = time.monotonic(), _waiting()
        _until(lambda: _waiting() == 0)
        took = time.monotonic() - begun
    yield f"worker alone: {left} meldingen in {took:.1f} s, {left / took:.0f} a second\n"
    yield from _tasks(folder / "worker.log")


def _flood(town: Municipality, environment: dict[str, str], wanted: argparse.Namespace, where: Path) -> Iterator[str]:
    from tests.benchmarks.pages import served

    with served(environment) as port, ExitStack() as stack:
        for role in (*QUEUES, "beat"):
            stack.enter_context(_running(role, environment, where))
        time.sleep(5)
        reports = _Reports(town, port)
        late = reports.send_at(wanted.rate, wanted.seconds)
        begun, left = time.monotonic(), _waiting()
        _until(lambda: _waiting() == 0)
        took = time.monotonic() - begun
    answered = sorted(late)
    sweeps = len(re.findall(r"Task meldingen\.periodic\.sweep\[\S+\] succeeded", (where / "periodic.log").read_text()))
    yield f"flood: {len(late)} reports in {wanted.seconds} s ({wanted.rate} a second asked)\n"
    yield f"  answered after (ms, from when it was due): p50 {1000 * answered[len(answered) // 2]:.0f}, "
    yield f"p95 {1000 * answered[int(0.95 * len(answered))]:.0f}, longest {1000 * answered[-1]:.0f}\n"
    yield f"  sweeps: {sweeps} in {wanted.seconds / 60:.1f} minutes and what came after\n"
    yield f"  waiting at the last report: {left}; none any more {took:.1f} s later\n"


def _tasks(log: Path) -> Iterator[str]:
    """How long each kind of task took, as Celery says it."""
    took: dict[str, list[float]] = {}
    for name, seconds in re.findall(r"Task meldingen\.(\S+)\[\S+\] succeeded in ([\d.e-]+)s", log.read_text()):
        took.setdefault(name, []).append(1000 * float(seconds))
    for name, each in sorted(took.items()):
        yield f"  {name}: {len(each)} times, median {statistics.median(each):.1f} ms\n"


class _Reports:
    """Reports by the last step of the form, each by one of CLIENTS that keep their connection."""

    def __init__(self, town: Municipality, port: int) -> None:
        from meldingen.places import geo
        from meldingen.places.models import Area
        from tests.benchmarks.pages import Page

        stored = Area.objects.filter(municipality=town, level="buurt").order_by("code")[0].geometry.point_on_surface
        self.pages: SimpleQueue[Page] = SimpleQueue()
        self.numbers = itertools.count()
        for _number in range(CLIENTS):
            page = Page(port, geo.to_door(stored), [])
            page.read_token("/melden/")
            self.pages.put(page)

    def send(self, due: float = 0.0) -> float:
        """One report; the seconds from when it was due until it was answered."""
        page = self.pages.get()
        try:
            page.submit(f"melder{next(self.numbers)}@example.org")
        finally:
            self.pages.put(page)
        return time.monotonic() - due

    def send_all(self, number: int) -> None:
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(lambda _number: self.send(), range(number)))

    def send_at(self, rate: int, seconds: int) -> list[float]:
        """`rate` reports a second, whether or not those before were answered."""
        start = time.monotonic()
        with ThreadPoolExecutor(64) as pool:
            sent = []
            for number in range(rate * seconds):
                due = start + number / rate
                time.sleep(max(0.0, due - time.monotonic()))
                sent.append(pool.submit(self.send, due))
            return [each.result() for each in sent]


def _waiting() -> int:
    from meldingen.record.models import Melding

    return Melding.objects.filter(prediction_due_at__isnull=False).count()


def _until(true: Any) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise SystemExit("it did not come to that in time")
        time.sleep(0.2)


@contextmanager
def _running(role: str, environment: dict[str, str], folder: Path) -> Iterator[None]:
    """A worker of its queues, or beat, for as long as the block runs; its output in `folder`."""
    if role == "beat":
        command = [*CELERY, "beat", "--schedule", str(folder / "schedule"), "--pidfile="]
    else:
        queues, number = QUEUES[role]
        command = [*CELERY, "worker", "-Q", queues, "-c", number, "-n", f"{role}@%h", "--loglevel", "INFO"]
    with (folder / f"{role}.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env=os.environ | environment | {"LOG_LEVEL": "INFO"},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)


@contextmanager
def _own_broker(folder: Path) -> Iterator[None]:
    """A Redis of its own: what waits in that of the stack is not ours."""
    from django.conf import settings

    from tests.journeys.machinery import Broker

    broker = Broker(folder)
    broker.start()
    os.environ["REDIS_URL"] = settings.REDIS_URL = broker.url
    try:
        yield
    finally:
        broker.stop()


if __name__ == "__main__":
    main()
