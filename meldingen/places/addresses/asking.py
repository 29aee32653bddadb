"""One question to PDOK's Locatieserver over HTTP, answered within a time or Failed."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from http.cookiejar import DefaultCookiePolicy

import requests
import urllib3
from django.conf import settings

from meldingen.places.addresses.breaker import Failed
from meldingen.places.addresses.finding import Unanswered

CONNECT_SECONDS, WHOLE_SECONDS = 0.5, 1.5
MOST_BYTES = 100_000
_HEADERS = {"User-Agent": "meldingen", "Accept": "application/json", "Accept-Encoding": "identity"}

Values = Sequence[tuple[str, str | int]]

# The visitor waits no longer than WHOLE_SECONDS, whatever the name server or a trickle of bytes does meanwhile: no
# time-out of a socket bounds these.
_threads = ThreadPoolExecutor(settings.REQUEST_SLOTS, "addresses")


def ask(question: str, values: Values) -> bytes:
    """The body of the answer to `suggest`, `free` or `reverse`. No error that is raised names what was asked."""
    answer = _threads.submit(_fetch, question, values)
    try:
        return answer.result(WHOLE_SECONDS)
    except TimeoutError:
        answer.cancel()
        raise Failed("slow") from None
    except (requests.Timeout, urllib3.exceptions.TimeoutError):
        raise Failed("slow") from None
    except (requests.RequestException, urllib3.exceptions.HTTPError, UnicodeError):
        raise Failed("away") from None


def _fetch(question: str, values: Values) -> bytes:
    until = time.monotonic() + WHOLE_SECONDS
    times = (CONNECT_SECONDS, WHOLE_SECONDS)
    address = f"{settings.LOCATIESERVER_URL.rstrip('/')}/{question}"
    with _session().get(address, params=values, timeout=times, stream=True, allow_redirects=False) as response:
        if response.status_code == requests.codes.bad_request:
            raise Unanswered  # it does not want this text; that says nothing about the next one
        if response.status_code != requests.codes.ok or "json" not in response.headers.get("Content-Type", ""):
            raise Failed(f"status {response.status_code}")
        content = b""
        while part := response.raw.read1(MOST_BYTES, decode_content=False):
            content += part
            if len(content) > MOST_BYTES or time.monotonic() > until:
                raise Failed("large")
        return content


@lru_cache(maxsize=1)
def _session() -> requests.Session:
    """Keeps its connections, and no cookie."""
    session = requests.Session()
    session.headers.update(_HEADERS)
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session
