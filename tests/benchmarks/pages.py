"""The product's side: a real gunicorn on the benchmark's database, and clients that ask it for pages as browsers do."""

import http.client
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.bare import TEXT
from tests.benchmarks.load import Work
from tests.benchmarks.seed import PASSWORD
from tests.journeys.front import Proxy

LIST, INBOX = "/beheer/meldingen/melding/", "/beheer/?list=all"
COLLEAGUES = ("newest", "inbox")  # what they alone see


@dataclass(frozen=True)
class Layout:
    """How many processes and threads the web has (None: as its settings say), and whether our proxy is before it."""

    processes: int | None = None
    threads: int | None = None
    proxied: bool = True

    def __str__(self) -> str:
        return f"{self.processes} x {self.threads} {'behind nginx' if self.proxied else 'direct'}"

    def settings(self) -> dict[str, str]:
        """What the web hears of it."""
        said = {"WEB_CONCURRENCY": self.processes, "WEB_THREADS": self.threads, "PROXY_HOPS": int(self.proxied)}
        return {name: str(value) for name, value in said.items() if value is not None}


@dataclass(frozen=True)
class Running:
    """A web that runs: the port to ask, and its first process."""

    port: int
    pid: int

    def memory(self) -> float:
        """MiB of all its processes, what they share counted once."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        rolled = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in (self.pid, *children)]
        return sum(int(re.findall(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)[0]) for text in rolled) / 1024


AS_SET = Layout()


@contextmanager
def running(environment: dict[str, str], layout: Layout = AS_SET) -> Iterator[Running]:
    """A web process with its own settings of production, for as long as the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", "docker/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        command, env=os.environ | environment | layout.settings(), stderr=subprocess.DEVNULL, start_new_session=True
    )
    with ExitStack() as stack:
        stack.callback(process.wait, timeout=30)
        stack.callback(process.terminate)
        _wait(port)
        if layout.proxied:
            proxy = Proxy(port, Path(stack.enter_context(tempfile.TemporaryDirectory())))
            stack.callback(proxy.kill)
            proxy.start()
            port = proxy.port
        yield Running(port, process.pid)


@contextmanager
def served(environment: dict[str, str], layout: Layout = AS_SET) -> Iterator[int]:
    """The port of `running`."""
    with running(environment, layout) as web:
        yield web.port


def _wait(port: int) -> None:
    for _attempt in range(600):  # on a busy machine it takes its time
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web process does not answer")


class Page:
    """One client with its cookies."""

    def __init__(
        self, port: int, place: tuple[float, float], tokens: list[str], cookies: dict[str, str] | None = None
    ) -> None:
        self.connection = http.client.HTTPConnection("localhost", port, timeout=60)
        self.place = place
        self.tokens = tokens
        self.cookies = dict(cookies or {})
        self.token = ""

    def ask(self, path: str, form: dict[str, str] | None = None, expect: int = 200) -> bytes:
        """The body; RuntimeError for another status than expected."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form | {"csrfmiddlewaretoken": self.token})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            response = self._exchange(path, body, headers)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.connection.close()  # kept for too long: a browser asks again too
            response = self._exchange(path, body, headers)
        content = response.read()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if response.status != expect:
            raise RuntimeError(f"{path} answered {response.status}")
        return content

    def _exchange(self, path: str, body: str | None, headers: dict[str, str]) -> http.client.HTTPResponse:
        self.connection.request("GET" if body is None else "POST", path, body, headers)
        return self.connection.getresponse()

    def read_token(self, path: str) -> None:
        """Take the form's token from a page."""
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', self.ask(path))
        self.token = found[1].decode() if found else ""

    def submit(self, email: str = "iemand@example.org") -> None:
        """The last POST of the form."""
        form = {"step": "check", "text": TEXT, "email": email, "submission_key": str(uuid.uuid4())}
        longitude, latitude = self.place
        self.ask("/melden/", form | {"longitude": f"{longitude:.6f}", "latitude": f"{latitude:.6f}"}, expect=302)

    def newest(self) -> None:
        """The staff list of 100."""
        self.ask(LIST)

    def inbox(self) -> None:
        """The first page of 50, with the counts of all worklists."""
        self.ask(INBOX)

    def follow(self) -> None:
        """The private page of one melding."""
        self.ask(f"/volg/{random.choice(self.tokens)}")

    def log_in(self) -> None:
        """As a colleague."""
        self.read_token("/beheer/login/")
        self.ask("/beheer/login/", {"username": "meting", "password": PASSWORD, "next": LIST}, expect=302)

    def work(self, name: str) -> Work:
        """The piece of work called `name`, after what must be done once before it."""
        if name == "submit":
            self.read_token("/melden/")
        if name in COLLEAGUES and "sessionid" not in self.cookies:
            self.log_in()
        return {"submit": self.submit, "newest": self.newest, "inbox": self.inbox, "follow": self.follow}[name]


def clients(port: int, place: tuple[float, float], tokens: list[str], name: str) -> Callable[[int], Work]:
    """Makes the work of each client. Colleagues share one log-in: many at once would wait for a slot to hash in."""
    first = Page(port, place, tokens)
    if name in COLLEAGUES:
        first.log_in()
        first.connection.close()
    return lambda _number: Page(port, place, tokens, first.cookies).work(name)
