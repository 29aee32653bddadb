"""Real processes for journeys: a Redis of their own, a Celery worker with its beat; and a browser without scripts."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from redis import Redis

from meldingen.places.models import Area
from tests.sure import sure

ROOT = Path(__file__).resolve().parent.parent.parent


def until(true: Callable[..., Any], seconds: int = 120) -> float:
    """Wait until `true()` is; AssertionError after `seconds`."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < seconds, "it did not come to that in time"
        time.sleep(0.1)
    return time.monotonic() - started


class Broker:
    """A Redis server that a test may stop."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        # Debian's redis-tools has the server too, under the name of its checker; it looks at the name it is called by.
        program = shutil.which("redis-server") or shutil.which("redis-check-rdb")
        command = ["redis-server", "--port", str(self.port), "--save", "", "--bind", "127.0.0.1"]
        self.process = subprocess.Popen(
            [*command, "--dir", str(self.folder)], executable=program, stdout=subprocess.DEVNULL
        )
        until(self._answers, 10)

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def length(self, queue: Any) -> Any:
        """How many tasks wait in a queue."""
        with Redis.from_url(self.url) as client:
            return client.llen(queue)

    def _answers(self) -> Any:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0


class Worker:
    """`celery worker` on the test's database and a given broker: of all queues unless said otherwise, with a beat."""

    def __init__(self, broker: Broker, folder: Path, queues: str = "", *, beat: bool = True) -> None:
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "meldingen.conf.settings",
            "DATABASE_URL": database_url(),
            "REDIS_URL": broker.url,
            "DATA_DIR": str(settings.DATA_DIR),
            "SWEEP_SECONDS": "2",
        }
        self.log = folder / f"worker{queues}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.command = [sys.executable, "-m", "celery", "-A", "meldingen.conf", "worker", "-P", "prefork", "-c", "2"]
        self.command += ["--queues", queues, "--hostname", f"{queues}@%h"] if queues else []
        self.command += ["-B", "-s", str(folder / "beat")] if beat else []

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def kill_children(self) -> None:
        """kill -9 of the processes that do the work, not of the one that hands it out."""
        pid = sure(self.process).pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for child in children:
            os.kill(int(child), signal.SIGKILL)

    def kill(self) -> None:
        """kill -9, children and all."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


class Web:
    """gunicorn on the test's database and a given Redis, as docker/gunicorn.conf.py starts it; `extra` are settings."""

    def __init__(self, redis_url: str, folder: Path, **extra: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.data = folder / "data"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.journeys.settings_web",
            "DATABASE_URL": database_url(),
            "REDIS_URL": redis_url,
            "DATA_DIR": str(self.data),
            "HTTPS": "off",
        }
        self.environment |= extra
        self.log = folder / f"web{self.port}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, health: Any = 200) -> None:
        """Start it and wait until /gezond answers so: 503 where it has no database."""
        command = [sys.executable, "-m", "gunicorn", "-c", "docker/gunicorn.conf.py", "-b", f"127.0.0.1:{self.port}"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        until(lambda: self.ask("GET", "/gezond", "localhost")[0] == health, 60)

    def ask(
        self,
        method: str,
        path: Any,
        host: str,
        body: Any = None,
        headers: Any = None,
    ) -> Any:
        """One request at this web and nobody else, see `ask`."""
        return ask(self.port, method, path, host, body, headers)

    def kill(self) -> None:
        """kill -9, workers and all."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def ask(
    port: Any,
    method: str,
    path: Any,
    host: str,
    body: Any = None,
    headers: Any = None,
) -> Any:
    """Status, headers and text of one request on a connection of its own; status 0 when nobody listens."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, {"Host": host} | (headers or {}))
        response = connection.getresponse()
        return response.status, response.headers, response.read().decode()
    except ConnectionError:
        return 0, {}, ""
    finally:
        connection.close()


def database_url() -> str:
    """The address of the test's own database."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return parts._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


@contextmanager
def predictions_held_up() -> Iterator[None]:
    """Another session keeps the table to itself, so that a worker stops in the middle of its task."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE meldingen_prediction IN EXCLUSIVE MODE")
            yield
            cursor.execute("ROLLBACK")
    finally:
        other.close()


class _Hidden(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: Any, attrs: Any) -> None:
        values = dict(attrs)
        if tag == "input" and values.get("type") == "hidden":
            self.fields[values["name"]] = values.get("value", "")


class Browser:
    """Walks the form as a browser without JavaScript does: fills in a step, sends it with all its hidden fields."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.page = client.get("/melden/")

    def send(self, **typed: Any) -> Any:
        hidden = _Hidden()
        hidden.feed(self.page.content.decode())
        self.page = self.client.post("/melden/", hidden.fields | typed)
        return self.page

    def report(self, text: str, buurt: Area, email: str = "") -> Any:
        """All steps; the private token of the melding."""
        self.send(text=text)
        if b'name="danger_answer" value="safe"' in self.page.content:
            self.send(danger_answer="safe")
        self.send(category="")
        self.send(buurt=buurt.code, place_text="")
        answer = self.send(email=email)
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"].rsplit("/", 1)[1]
