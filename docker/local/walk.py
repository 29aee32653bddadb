"""The walk of `make demo`: the main job over HTTP, as a resident and as staff, on the running stack.

WEB_URL, ADMIN_USER and ADMIN_PASSWORD come from the environment. Exit code 1 when a step failed. Standard library only.
"""

import csv
import html
import http.client
import io
import os
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from html.parser import HTMLParser
from http.cookiejar import CookieJar

REPORTS = [
    (
        "Het oud papier is vandaag niet opgehaald, de dozen staan nog bij iedereen voor de deur.",
        {"buurt": "BU99010000"},
    ),
    ("De lantaarnpaal voor onze deur doet het al een week niet meer.", {"buurt": "BU99010000"}),
    ("Er ligt een grote hoop grofvuil naast de container.", {"buurt": "BU99010000"}),
    (
        "Er zit een diep gat in het fietspad, ik ben bijna gevallen.",
        {"buurt": "BU99010000", "place_text": "Marktplein 3"},
    ),
]
CALL = ("Mevrouw ziet ratten lopen achter de schuur.", {"buurt": "BU99010000"})
PREDICTED = re.compile(r'id="model"(?:(?!</h3>).)*</h3>\s*<p>', re.DOTALL)  # without the class of "did not look yet"
GUESS = re.compile(r'class="guesses">\s*<li>\s*(?:<span>|<button[^>]*>[^<:]*: )([^<]+)<')  # the model was sure, or not
ANSWER = "De dozen zijn vanmiddag opgehaald. Dank u wel voor uw melding."


class Failure(Exception):
    """A step did not do what it should; the message says what was seen."""


class Form(HTMLParser):
    """What a browser would send of the form whose address ends in `action`: its fields as they stand in the page."""

    def __init__(self, page: str, action: str) -> None:
        super().__init__()
        self.wanted = action
        self.action = ""
        self.inside = False
        self.fields: dict[str, str] = {}
        self.feed(page)
        if not self.action:
            raise Failure(f"the page has no form to {action}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = found.get("action", "").endswith(self.wanted)
            self.action = found["action"] if self.inside else self.action
        elif tag == "input" and self.inside and "name" in found and is_sent(found):
            self.fields[found["name"]] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


def is_sent(field: dict[str, str]) -> bool:
    return "checked" in field or field.get("type") not in ("radio", "checkbox", "submit")


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

    def submit(self, action: str, **values: str) -> str:
        """Send the form to `action` of the page at hand, with `values` filled in."""
        form = Form(self.page, action)
        return self.open(form.action, form.fields | values)

    def find(self, pattern: str) -> str:
        """The first group of `pattern` in the page. Failure when it is not there."""
        found = re.search(pattern, self.page)
        if not found:
            raise Failure(f"{self.url} does not show {pattern}")
        return html.unescape(found[1])


def wait_until(what: str, ready: Callable[[], object], patience: float = 60) -> None:
    """Ask `ready` until it is true. Failure naming `what` after `patience` seconds."""
    deadline = time.monotonic() + patience
    while not ready():
        if time.monotonic() > deadline:
            raise Failure(f"after {patience:.0f} s still not: {what}")
        time.sleep(0.3)


class Walk:
    """What the steps know of each other."""

    def __init__(self) -> None:
        self.web = os.environ["WEB_URL"]
        self.staff = Browser(self.web)
        self.follow: list[str] = []  # the private address of each melding, in the order of REPORTS
        self.pages: list[str] = []  # the address of each at the staff's site

    def steps(self, part: str) -> list[Callable[[], str]]:
        reports = [self.make_reports, self.log_in, self.take_a_call, self.wait_for_the_model, self.handle]
        return {"reports": reports, "data": [self.read_the_data]}[part]

    def make_reports(self) -> str:
        """A resident fills in the form, step by step, without choosing a subject."""
        for text, place in REPORTS:
            browser = Browser(self.web)
            self.follow.append(self.report(browser, text, place, name="Jo de Wandelaar", email="jo@voorbeeld.example"))
        return f"a resident made {len(REPORTS)} meldingen without JavaScript"

    def report(self, browser: Browser, text: str, place: dict[str, str], **who: str) -> str:
        """All steps of the form; the address of the follow page."""
        browser.open("/melden/")
        for values in ({"text": text}, {}, place, who):
            browser.submit("/melden/", **values)
        return browser.find(r'href="(/volg/[^"]+)"')

    def log_in(self) -> str:
        user, password = os.environ["ADMIN_USER"], os.environ["ADMIN_PASSWORD"]
        self.staff.open("/beheer/login/?next=/beheer/")
        # Django's login form sends to the page that it is on
        self.staff.open(self.staff.url, Form(self.staff.page, "").fields | {"username": user, "password": password})
        if "/login/" in self.staff.url:
            raise Failure(f"{user} cannot log in")
        return f"{user} logged in at {self.web}/beheer/"

    def take_a_call(self) -> str:
        """A colleague fills in one page for somebody on the phone, and prints the letter of receipt."""
        text, place = CALL
        self.staff.open("/beheer/telefoon/")
        self.staff.submit("/beheer/telefoon/", text=text, phone="0123 456 789", save="1", **place)
        self.staff.open(self.staff.find(r'href="(/beheer/telefoon/brief/\d+/)"'))
        self.follow.append(self.staff.find(r"(/volg/[\w-]{43})"))
        return "a colleague took a melding on the phone"

    def wait_for_the_model(self) -> str:
        for address in self.follow:
            reference = Browser(self.web)
            reference.open(address)
            found = reference.find(r'eyebrow__reference">([0-9A-Z-]+)<').replace("-", "")
            self.staff.open(f"/beheer/meldingen/melding/?q={found}")
            self.pages.append(self.staff.find(r'href="([^"]*/melding/\d+/change/[^"]*)"').partition("?")[0])
        for page in self.pages:
            wait_until(f"classified: {page}", lambda page=page: PREDICTED.search(self.staff.open(page)))  # type: ignore[misc]
        routed = [page for page in self.pages if self.state(page) == "assigned"]
        if not routed:
            raise Failure("the model routed none of them")
        return f"the worker classified {len(self.pages)} and routed {len(routed)} of them to a team by itself"

    def state(self, page: str) -> str:
        self.staff.open(page)
        return self.staff.find(r"state state--(\w+)")

    def act(self, page: str, action: str, **values: str) -> None:
        self.staff.open(page)
        self.staff.submit(f"/{action}/doen/", **values)

    def choose(self) -> str:
        """The model's first guess on the page at hand; the first category where guesses are kept from colleagues."""
        guess = GUESS.search(self.staff.page)
        name = f"{re.escape(guess[1])}<" if guess else ""
        return self.staff.find(rf'<select name="category"[\s\S]*?<option value="(\d+)"[^>]*>{name}')

    def handle(self) -> str:
        """The rest gets a category; then one is answered and solved, one forwarded."""
        for page in self.pages:
            if self.state(page) == "new":
                self.act(page, "recategorise", category=self.choose(), reroute="on")
        solved, forwarded = self.pages[:2]
        self.act(solved, "take")
        self.act(solved, "answer", text=ANSWER)
        self.act(solved, "close", outcome="solved", text="")
        self.act(forwarded, "close", outcome="forwarded/province", text="Wij hebben haar uw melding gestuurd.")
        states = [self.state(page) for page in self.pages]
        if states[:2] != ["solved", "forwarded"] or "new" in states:
            raise Failure(f"the states are {states}")
        if ANSWER not in Browser(self.web).open(self.follow[0]):
            raise Failure("the resident does not see the answer")
        return "a colleague routed the rest, answered and solved one, and forwarded one; the resident sees it"

    def read_the_data(self) -> str:
        """Anyone finds the tables at /data/ and takes the newest of each as CSV."""
        portal = Browser(self.web)
        names = sorted(set(re.findall(r'href="/data/([a-z0-9-]+)/"', portal.open("/data/"))))
        rows = 0
        for name in names:
            table = list(csv.DictReader(io.StringIO(portal.open(f"/data/{name}/laatste.csv").removeprefix("\ufeff"))))
            if not table or "aantal" not in table[0]:
                raise Failure(f"{portal.url} is not the table that was expected")
            rows += len(table)
        if not names or "dcat:Catalog" not in portal.open("/data/catalog.ttl"):
            raise Failure("the catalogue is empty")
        return f"anyone can take {len(names)} tables; the newest of each have {rows} rows: {self.web}/data/"


def main() -> None:
    walk = Walk()
    for step in walk.steps(sys.argv[1]):
        try:
            print(f"  {step()}", flush=True)
        except Failure as failure:
            raise SystemExit(f"  {step.__name__.replace('_', ' ')}: {failure}") from failure


if __name__ == "__main__":
    main()
