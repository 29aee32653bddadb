import socket
import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from meldingen.attachments.scanning import Clamd, NoScanner, ScannerAway, scanner

EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


class Daemon(threading.Thread):
    """Speaks clamd's INSTREAM over a real socket: one conversation, in which it finds what has EICAR in it."""

    def __init__(self, listener: socket.socket, answer: bytes | None = None) -> None:
        super().__init__(daemon=True)
        self.listener, self.answer, self.received = listener, answer, b""

    def run(self) -> None:
        talk, _peer = self.listener.accept()
        with talk, talk.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while length := int.from_bytes(stream.read(4), "big"):
                self.received += stream.read(length)
            verdict = b"stream: Eicar-Test FOUND\0" if EICAR in self.received else b"stream: OK\0"
            talk.sendall(verdict if self.answer is None else self.answer)


@pytest.fixture
def daemon() -> Iterator[Callable[..., tuple[Daemon, str]]]:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def start(answer: bytes | None = None) -> tuple[Daemon, str]:
            thread = Daemon(listener, answer)
            thread.start()
            return thread, f"127.0.0.1:{listener.getsockname()[1]}"

        yield start


def test_a_clean_file_comes_over_whole(daemon: Any) -> None:
    thread, address = daemon()
    content = b"foto" * 50_000
    assert Clamd(address).is_clean(BytesIO(content))
    assert thread.received == content


def test_what_is_found_is_not_clean(daemon: Any) -> None:
    _thread, address = daemon()
    assert not Clamd(address).is_clean(BytesIO(b"x" * 70_000 + EICAR))


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK FOUN\0", b"x" * 9000])
def test_no_answer_that_we_know_is_no_yes(daemon: Any, answer: bytes) -> None:
    _thread, address = daemon(answer)
    with pytest.raises(ScannerAway):
        Clamd(address).is_clean(BytesIO(b"foto"))


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.ctl"])
def test_a_scanner_that_is_not_there_is_away(address: str) -> None:
    with pytest.raises(ScannerAway):
        Clamd(address).is_clean(BytesIO(b"foto"))


def test_it_may_listen_at_a_path(tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        Daemon(listener).start()
        assert Clamd(path).is_clean(BytesIO(b"foto"))


def test_a_deployment_without_one_has_nobody_who_looks(settings: Settings) -> None:
    assert isinstance(scanner(), NoScanner)
    settings.CLAMD = "127.0.0.1:3310"
    assert isinstance(scanner(), Clamd)
