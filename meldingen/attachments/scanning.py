"""Whether a file is malware, as a scanner says that the deployment has; without one nobody looks."""

import socket
from contextlib import closing
from typing import IO, Any, Protocol

from django.conf import settings

_END = bytes(1)
_CHUNK = 64 * 1024
_SECONDS = 30
_LONGEST_ANSWER = 4096


class ScannerAway(Exception):
    """The scanner gave no answer that says yes or no."""


class Scanner(Protocol):
    """Who looks at files."""

    def is_clean(self, file: IO[Any]) -> bool:
        """Whether nothing is wrong with it. Raises ScannerAway."""


class NoScanner:
    """Where there is none."""

    def is_clean(self, file: IO[Any]) -> bool:
        """Nobody looked."""
        return True


class Clamd:
    """ClamAV's daemon, at `host:port` or at the path of a socket; it is sent the file and sees no path of ours."""

    def __init__(self, address: str) -> None:
        self._address = address

    def is_clean(self, file: IO[Any]) -> bool:
        """Its answer to INSTREAM."""
        try:
            with closing(self._connect()) as talk:
                talk.sendall(b"zINSTREAM" + _END)
                while chunk := file.read(_CHUNK):
                    talk.sendall(len(chunk).to_bytes(4, "big") + chunk)
                talk.sendall(bytes(4))
                answer = _read(talk)
        except OSError as error:
            raise ScannerAway(type(error).__name__) from error
        if answer == "stream: OK":
            return True
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            return False
        raise ScannerAway("no answer that we know")

    def _connect(self) -> socket.socket:
        host, colon, port = self._address.rpartition(":")
        if colon and not self._address.startswith("/"):
            return socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS)
        talk = socket.socket(socket.AF_UNIX)
        talk.settimeout(_SECONDS)
        try:
            talk.connect(self._address)
        except OSError:
            talk.close()
            raise
        return talk


def scanner() -> Scanner:
    """The one of this deployment."""
    return Clamd(settings.CLAMD) if settings.CLAMD else NoScanner()


def _read(talk: socket.socket) -> str:
    """Up to the sign that ends it, which is the one that ended our question."""
    answer = b""
    while _END not in answer and len(answer) < _LONGEST_ANSWER:
        part = talk.recv(_LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer.partition(_END)[0].decode("utf-8", "replace")
