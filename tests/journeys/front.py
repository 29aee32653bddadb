"""The nginx that stands before the web, started as the private stack does; and clients that take their time."""

import importlib.util
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.journeys.machinery import ROOT, until
from tests.sure import sure

SOURCE = ROOT / "docker" / "local" / "nginx.py"


def launcher() -> Any:
    """docker/local/nginx.py, which is in no package."""
    spec = sure(importlib.util.spec_from_file_location("local_nginx", SOURCE))
    module = importlib.util.module_from_spec(spec)
    sure(spec.loader).exec_module(module)
    return module


class Proxy:
    """nginx with the configuration of docker/proxy before a web at `web`, a port of this machine."""

    def __init__(self, web: int, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder = folder / f"proxy{self.port}"
        self.folder.mkdir()
        self.log = self.folder / "log"
        self.process: subprocess.Popen[bytes] | None = None
        nginx = launcher()
        (self.folder / "nginx.conf").write_text(nginx.configured(self.port, web), encoding="utf-8")
        self.command = [nginx.program(), *nginx.arguments(self.folder)]
        if os.geteuid() == 0:  # its worker would else be nobody, who may not come into a test's folder
            self.command += ["-g", "user root;"]

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log, start_new_session=True)
        until(self._listens, 10)

    def kill(self) -> None:
        """kill -9, worker and all."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def files(self) -> set[Path]:
        """What it holds open or keeps in its folder, but for its own configuration, log and pid."""
        kept = {path for path in self.folder.rglob("*") if path.is_file()}
        nginx = sure(self.process).pid
        pids = Path(f"/proc/{nginx}/task/{nginx}/children").read_text().split()
        for entry in (entry for pid in pids for entry in Path(f"/proc/{pid}/fd").iterdir()):
            with suppress(OSError):
                kept.add(Path(os.readlink(entry).removesuffix(" (deleted)")))
        inside = {path for path in kept if path.is_relative_to(self.folder)}
        return inside - {self.folder / name for name in ("nginx.conf", "log", "nginx.pid")}

    def _listens(self) -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0


@contextmanager
def dripping(port: int, host: str, clients: int, path: str = "/melden/") -> Iterator[Any]:
    """So many clients that send the body of a form a byte a second, for as long as the block runs."""
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    stop, talks = threading.Event(), [socket.create_connection(("127.0.0.1", port)) for _number in range(clients)]

    def drip() -> None:
        while not stop.wait(1):
            for talk in talks:
                with suppress(OSError):
                    talk.sendall(b"x")

    for talk in talks:
        talk.sendall(f"{head}Content-Length: 1000\r\n\r\n".encode())
    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield talks
    finally:
        stop.set()
        thread.join()
        for talk in talks:
            talk.close()


def health(port: int, host: str, seconds: float) -> Any:
    """How long /gezond took each time that it was asked in so many seconds; None where it took longer than three."""
    end, took = time.monotonic() + seconds, []
    while time.monotonic() < end:
        begun = time.monotonic()
        connection = HTTPConnection("127.0.0.1", port, timeout=3)
        try:
            connection.request("GET", "/gezond", headers={"Host": host})
            status = connection.getresponse().status
            took.append(time.monotonic() - begun if status == 200 else None)
        except TimeoutError:
            took.append(None)
        finally:
            connection.close()
        time.sleep(0.1)
    return took
