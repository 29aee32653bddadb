"""A stand-in for PDOK's Locatieserver, for tests: a real HTTP server, with answers in the shape that PDOK publishes.

Shape of an answer, names of fields and parameters: PDOK's wiki “API Locatieserver” (1 February 2023), its release notes
of 3.1 and the addresses in its OpenAPI page of v3_1, read on 2026-11-26. The real service was not asked.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from django.contrib.gis.geos import Point

KNOWN = {
    "suggest": {"q", "fq", "fl", "rows"},
    "free": {"q", "fq", "fl", "rows"},
    "reverse": {"X", "Y", "type", "distance", "rows", "fl"},
}


def address(street: str, number: int, point: Point, place: str = "Stad", **more: str) -> dict[str, object]:
    """A document of the type `adres`, with fields as they come."""
    postcode = more.get("postcode", "3111AB")
    return {
        "bron": "BAG", "type": "adres", "straatnaam": street, "huisnummer": number, "huis_nlt": str(number),
        "postcode": postcode, "woonplaatsnaam": place, "gemeentecode": "9999",
        "weergavenaam": f"{street} {number}, {postcode} {place}", "id": f"adr-{number:032x}", "score": 11.5,
        "centroide_rd": f"POINT({point.x:.3f} {point.y:.3f})",
    } | more  # fmt: skip


def street(name: str, point: Point, place: str = "Stad") -> dict[str, object]:
    """A document of the type `weg`."""
    return {
        "bron": "BAG", "type": "weg", "straatnaam": name, "woonplaatsnaam": place, "weergavenaam": f"{name}, {place}",
        "centroide_rd": f"POINT({point.x:.3f} {point.y:.3f})",
    }  # fmt: skip


class Locatieserver:
    """What it answers, and what it was asked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.docs: list[dict[str, object]] = []
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        self.body: bytes | None = None
        self.kind, self.status, self.seconds = "application/json", 200, 0.0
        self.headers: dict[str, str] = {}

    def answer(self, question: str, values: dict[str, list[str]]) -> tuple[int, bytes]:
        """By its documentation parameters that it does not know are refused."""
        self.asked.append((question, values))
        time.sleep(self.seconds)
        if values.keys() - KNOWN[question]:
            return 400, b'{"error": "unknown parameter"}'
        fields = values["fl"][0].split(",")
        docs = [{name: doc[name] for name in fields if name in doc} for doc in self.docs]
        found = {"numFound": len(docs), "start": 0, "maxScore": 11.5, "numFoundExact": True, "docs": docs}
        return self.status, json.dumps({"response": found}).encode() if self.body is None else self.body


@contextmanager
def running() -> Iterator[Locatieserver]:
    """One of one's own, on a free port."""

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            status, body = known.answer(parts.path.rpartition("/")[2], parse_qs(parts.query))
            self.send_response(status)
            for name, value in {"Content-Type": known.kind, "Transfer-Encoding": "chunked", **known.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    known = Locatieserver(f"http://127.0.0.1:{server.server_port}/v3_1")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
