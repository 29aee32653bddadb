"""The web behind its proxy: nobody who sends or reads slowly holds it up, and what comes through is what was sent."""

import json
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from meldingen.record.models import Melding
from meldingen.web.errors import AWAY_WORDS
from tests.factories import Town
from tests.journeys.front import Proxy, dripping, health
from tests.journeys.machinery import Web, ask, until

pytestmark = pytest.mark.slow

SLOW = 24
TEXT = "Er zit een gat in het fietspad – “diep”, naast nr. 3. "
FORWARDED = "X-Forwarded-For"


@pytest.fixture
def town(transactional_db: None) -> Any:
    """The small town, seen by other processes."""
    return Town()


@pytest.fixture
def started() -> Iterator[Callable[..., Any]]:
    """Starts a web or a proxy; none is left behind."""
    with ExitStack() as stack:

        def start(process: Proxy, **how: Any) -> Proxy:
            stack.callback(process.kill)
            process.start(**how)
            return process

        yield start


@pytest.fixture
def behind(started: Callable[..., Any], broker: Any, tmp_path: Path) -> Any:
    """A web with settings and the proxy before it."""

    def start(**extra: Any) -> Any:
        web = started(Web(broker.url, tmp_path, **extra))
        return web, started(Proxy(web.port, tmp_path))

    return start


def report(port: Any, town: Town, text: str = "Lamp kapot", **headers: Any) -> Any:
    body = {"text": text, "place": {"buurt": town.west.code}, "submission_key": str(uuid.uuid4())}
    sent = {"Content-Type": "application/json"} | headers
    return ask(port, "POST", "/api/v1/meldingen", town.host, json.dumps(body), sent)


def test_slow_bodies_leave_health_answering(town: Town, behind: Any) -> None:
    web, proxy = behind()
    with dripping(proxy.port, town.host, SLOW):
        took = health(proxy.port, town.host, 6)
        assert max(seconds or 60 for seconds in took) < 1
        assert max(seconds or 60 for seconds in health(web.port, town.host, 1)) < 1


def test_without_the_proxy_slow_bodies_hold_the_web_up(
    town: Town, started: Callable[..., Any], broker: Any, tmp_path: Path
) -> None:
    web = started(Web(broker.url, tmp_path))
    with dripping(web.port, town.host, SLOW):
        assert None in health(web.port, town.host, 4)


def test_a_melding_comes_through_whole_and_in_no_file(town: Town, behind: Any) -> None:
    _web, proxy = behind()
    text = (TEXT * 100)[:5000].strip()
    assert report(proxy.port, town, text)[0] == 201
    assert Melding.objects.get().text == text
    with dripping(proxy.port, town.host, 2) as talks:
        for talk in talks:
            talk.sendall(b"y" * 900)
        assert proxy.files() == set()


@pytest.mark.parametrize(("hops", "seen"), [("1", ""), ("2", ", 192.0.2.7")])
def test_what_a_visitor_says_of_their_address_does_not_help(town: Town, behind: Any, hops: Any, seen: Any) -> None:
    _web, proxy = behind(PROXY_HOPS=hops, LIMIT_API="2/hour")
    lies = [f"203.0.113.{number}{seen}" for number in range(4)]
    answers = [report(proxy.port, town, **{FORWARDED: lie})[0] for lie in lies]
    assert answers == [201, 201, 429, 429]
    if seen:  # by the proxy of TLS before ours: somebody else
        assert report(proxy.port, town, **{FORWARDED: "203.0.113.9, 198.51.100.7"})[0] == 201


@pytest.mark.parametrize(("believed", "status"), [("on", 200), ("off", 301)])
def test_https_is_believed_only_where_a_proxy_does_tls(town: Town, behind: Any, believed: Any, status: int) -> None:
    _web, proxy = behind(HTTPS="on", BEHIND_PROXY=believed)
    assert ask(proxy.port, "GET", "/melden/", town.host, headers={"X-Forwarded-Proto": "https"})[0] == status


def test_the_host_that_was_asked_reaches_the_web(town: Town, behind: Any) -> None:
    _web, proxy = behind(HTTPS="on", BEHIND_PROXY="on")
    status, headers, _page = ask(proxy.port, "GET", "/melden/", f"{town.host}:8443")
    assert (status, headers["Location"]) == (301, f"https://{town.host}:8443/melden/")


def test_a_web_that_is_away_is_a_page_that_says_to_try_again(town: Town, behind: Any) -> None:
    web, proxy = behind()
    web.kill()
    status, headers, page = ask(proxy.port, "POST", "/melden/", town.host, "text=Lamp")
    assert (status, headers["Retry-After"], headers["Content-Type"]) == (503, "60", "text/html; charset=utf-8")
    assert all(words in page for words in ("opnieuw", "send it again", 'href="tel:112"'))
    status, headers, said = ask(proxy.port, "POST", "/api/v1/meldingen", town.host, "{}")
    assert (status, headers["Retry-After"], json.loads(said)["detail"]) == (503, "60", AWAY_WORDS)
    assert ask(proxy.port, "GET", "/volg/geheim", town.host)[0] == 503
    assert proxy.log.read_text() == ""
    web.start()
    assert ask(proxy.port, "GET", "/melden/", town.host)[0] == 200


def test_what_the_web_itself_says_passes(town: Town, started: Callable[..., Any], broker: Any, tmp_path: Path) -> None:
    web = started(Web(broker.url, tmp_path, DATABASE_URL="postgis://nobody:x@127.0.0.1:1/none"), health=503)
    proxy = started(Proxy(web.port, tmp_path))
    status, headers, page = ask(proxy.port, "GET", "/melden/", town.host)
    assert (status, headers["Retry-After"]) == (503, "60")
    assert "utrecht-heading-1" in page


def test_too_much_is_refused_in_words(town: Town, behind: Any) -> None:
    _web, proxy = behind()
    status, _headers, page = ask(proxy.port, "POST", "/melden/", town.host, "x" * 1_100_000)
    assert (status, "korter" in page, "shorter" in page) == (413, True, True)
    status, _headers, said = ask(proxy.port, "POST", "/api/v1/meldingen", town.host, "x" * 1_100_000)
    assert (status, "korter" in json.loads(said)["detail"]) == (413, True)


def photos(size: int) -> bytes:
    head = b'--X\r\nContent-Disposition: form-data; name="photo_files"; filename="a.jpg"\r\n\r\n'
    return head + b"x" * size + b"\r\n--X--\r\n"


def test_photos_come_through_by_their_own_address_and_leave_no_file(town: Town, behind: Any) -> None:
    _web, proxy = behind()
    sent = {"Content-Type": "multipart/form-data; boundary=X"}
    status, _headers, page = ask(proxy.port, "POST", "/melden/fotos", town.host, photos(3_000_000), sent)
    assert status == 403  # it came to the web, which asks for a token
    assert "opnieuw" in page or "nog een keer" in page
    assert ask(proxy.port, "POST", "/melden/", town.host, photos(3_000_000), sent)[0] == 413
    assert proxy.files() == set()


def test_slow_photos_leave_health_answering(town: Town, behind: Any) -> None:
    _web, proxy = behind()
    with dripping(proxy.port, town.host, SLOW, "/melden/fotos"):
        assert max(seconds or 60 for seconds in health(proxy.port, town.host, 4)) < 1


def test_too_large_photos_are_refused_in_words_of_their_own(town: Town, behind: Any) -> None:
    _web, proxy = behind()
    with socket.create_connection(("127.0.0.1", proxy.port)) as talk:
        head = f"POST /melden/fotos HTTP/1.1\r\nHost: {town.host}\r\nContent-Length: 101000000\r\n\r\n"
        talk.sendall(head.encode())
        answer = talk.recv(4096).decode()
    assert " 413 " in answer
    assert "kleinere foto" in answer


class _Large(BaseHTTPRequestHandler):
    """Answers with three megabytes, or with twelve of open data."""

    def do_GET(self) -> None:
        size = 12_000_000 if self.path.startswith("/data/") else 3_000_000
        self.send_response(200)
        self.send_header("Content-Length", str(size))
        self.end_headers()
        self.wfile.write(b"x" * size)
        server: Any = self.server
        server.done.append(self.path)


@pytest.mark.parametrize(("path", "in_a_file"), [("/beheer/", False), ("/data/containers/laatste.csv", True)])
def test_who_reads_slowly_holds_nobody_up(
    started: Callable[..., Any], tmp_path: Path, path: str, in_a_file: bool
) -> None:
    server: Any
    with ThreadingHTTPServer(("127.0.0.1", 0), _Large) as server:
        server.done = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        proxy = started(Proxy(server.server_port, tmp_path))
        with socket.create_connection(("127.0.0.1", proxy.port)) as reader:
            reader.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            until(lambda: server.done == [path], 10)
            assert bool(proxy.files()) is in_a_file
        server.shutdown()
