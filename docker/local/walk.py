"""The walk of `make demo`: the main job over HTTP, as a resident and as staff, on the running stack.

WEB_URL, ADMIN_USER and ADMIN_PASSWORD come from the environment. Exit code 1 when a step failed. Standard library only.
"""

import http.client
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from html.parser import HTMLParser
from http.cookiejar import CookieJar


class Failure(Exception):
    """A step did not do what it should; the message says what was seen."""


class Form(HTMLParser):
    """The fields of the form with this id (the first form for "") as a browser would send them, and its links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag == "input" and "name" in found:
            chosen = found.get("type") not in ("radio", "checkbox", "submit") or "checked" in found
            if chosen:
                self.fields[found["name"]] = found.get("value", "")


class Browser:
    """A browser without JavaScript: cookies, redirects, forms."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.url = base
        self.page = ""
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def open(self, path: str, data: dict[str, str] | None = None) -> str:
        """The page at `path` after redirects. Failure for any other status than 200."""
        self.url = urllib.parse.urljoin(self.url, path)
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        request = urllib.request.Request(self.url, body, {"Referer": self.url})  # noqa: S310  our own address
        try:
            with self.opener.open(request, timeout=30) as answer:
                self.url = answer.geturl()
                self.page = answer.read().decode()
        except urllib.error.HTTPError as error:
            raise Failure(f"{self.url} answered {error.code}") from error
        except (OSError, http.client.HTTPException) as error:
            raise Failure(f"{self.url}: {error}") from error
        return self.page

    def submit(self, path: str = "", **values: str) -> str:
        """Send the fields of the page at hand, hidden ones included, with `values` filled in."""
        return self.open(path or self.url, Form(self.page).fields | values)

    def expect(self, text: str) -> None:
        if text not in self.page:
            raise Failure(f"{self.url} does not show {text!r}")


def wait_until(what: str, ready: Callable[[], bool], patience: float = 60) -> None:
    """Ask `ready` until it is true. Failure naming `what` after `patience` seconds."""
    deadline = time.monotonic() + patience
    while not ready():
        if time.monotonic() > deadline:
            raise Failure(f"after {patience:.0f} s still not: {what}")
        time.sleep(0.3)


def the_site_is_up(web: str) -> str:
    Browser(web).open("/")
    return "the home page answers"


# Each step gets WEB_URL and returns a line that says what it did.
STEPS: list[Callable[[str], str]] = [the_site_is_up]


def main() -> None:
    web = os.environ["WEB_URL"]
    for step in STEPS:
        try:
            print(f"  {step(web)}", flush=True)
        except Failure as failure:
            raise SystemExit(f"  {step.__name__.replace('_', ' ')}: {failure}") from failure


if __name__ == "__main__":
    main()
