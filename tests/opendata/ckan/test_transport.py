"""What goes wrong with a portal becomes words. The portals here are servers of the tests that behave badly."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from opendata.ckan.transport import Ckan, PortalAway, PortalRefused

ANSWERS = {
    "page": (200, "text/html", "<h1>Welkom</h1>", {}),
    "busy": (429, "application/json", "{}", {"Retry-After": "7"}),
    "broken": (502, "text/html", "<h1>Bad gateway</h1>", {}),
    "moved": (301, "text/html", "", {"Location": "https://nieuw.example"}),
    "revoked": (
        403,
        "application/json",
        '{"success": false, "error": {"__type": "Authorization Error", "message": "Access denied"}}',
        {},
    ),
    "bare": (400, "application/json", '"Bad request - JSON Error"', {}),
}


class Answering(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        status, kind, body, headers = ANSWERS[self.path.split("/")[1]]
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def badly() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("page", "a page and not with data"),
        ("moved", "nieuw.example"),
        ("revoked", "refuses the token"),
        ("bare", "in a way that CKAN does not"),
    ],
)
def test_what_trying_again_does_not_mend_says_what_to_do(badly: str, how: str, words: str) -> None:
    with pytest.raises(PortalRefused, match=words):
        Ckan(f"{badly}/{how}", "x").call("package_show", id="a")


@pytest.mark.parametrize(("how", "seconds"), [("busy", 7), ("broken", 0)])
def test_what_may_pass_is_tried_again_when_the_portal_says(badly: str, how: str, seconds: int) -> None:
    with pytest.raises(PortalAway) as away:
        Ckan(f"{badly}/{how}", "x").call("package_show", id="a")
    assert away.value.seconds == seconds


def test_a_portal_that_is_not_there_is_away() -> None:
    with pytest.raises(PortalAway, match="cannot be reached"):
        Ckan("http://127.0.0.1:9", "x").call("status_show")
