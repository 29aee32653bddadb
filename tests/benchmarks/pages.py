"""The product's side: a real gunicorn on the benchmark's database, and clients that ask it for pages as browsers do."""

import http.client
import os
import random
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks.bare import TEXT
from tests.benchmarks.load import Work
from tests.benchmarks.seed import PASSWORD

LIST = "/beheer/meldingen/melding/"
WORKERS = "2"


@contextmanager
def served(environment: dict[str, str]) -> Iterator[int]:
    """The port of a web process with its own settings of production, for as long as the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", "docker/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        command, env=os.environ | environment | {"WEB_CONCURRENCY": WORKERS}, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


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

    def __init__(self, port: int, place: tuple[float, float], tokens: list[str]) -> None:
        self.connection = http.client.HTTPConnection("localhost", port, timeout=60)
        self.place = place
        self.tokens = tokens
        self.cookies: dict[str, str] = {}
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

    def follow(self) -> None:
        """The private page of one melding."""
        self.ask(f"/volg/{random.choice(self.tokens)}")

    def work(self, name: str) -> Work:
        """The piece of work called `name`, after what must be done once before it."""
        if name == "submit":
            self.read_token("/melden/")
        if name == "newest":
            self.read_token("/beheer/login/")
            self.ask("/beheer/login/", {"username": "meting", "password": PASSWORD, "next": LIST}, expect=302)
        return {"submit": self.submit, "newest": self.newest, "follow": self.follow}[name]
