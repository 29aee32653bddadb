import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from meldingen.places.addresses import asking
from meldingen.places.addresses.asking import WHOLE_SECONDS, ask
from meldingen.places.addresses.breaker import Failed
from tests.locatieserver import Locatieserver


@pytest.fixture
def trickling(settings: Any) -> Iterator[None]:
    """A server that sends its head a sign at a time, for ever: no pause is long enough for a socket."""
    listening = socket.create_server(("127.0.0.1", 0))
    settings.LOCATIESERVER_URL = f"http://127.0.0.1:{listening.getsockname()[1]}"

    def serve() -> None:
        with listening.accept()[0] as connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            for _number in range(40):
                time.sleep(0.1)
                connection.send(b"x")

    threading.Thread(target=serve, daemon=True).start()
    yield
    listening.close()


def test_who_trickles_is_slow(trickling: None) -> None:
    begun = time.monotonic()
    with pytest.raises(Failed, match="slow"):
        ask("suggest", [("q", "x")])
    assert time.monotonic() - begun < WHOLE_SECONDS + 0.5


def test_it_keeps_no_cookie(pdok: Locatieserver) -> None:
    pdok.headers = {"Set-Cookie": "who=1; Path=/"}
    ask("suggest", [("q", "x"), ("fl", "type")])
    assert not asking._session().cookies
