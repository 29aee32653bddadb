"""A real browser before a real server of the invented town."""

import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, ViewportSize, expect, sync_playwright

from meldingen.management.commands.demo_town import FOLDER, load_town
from meldingen.tenancy.models import Municipality
from tests.e2e.colleagues import dorpsstraat, logged_in, melding  # noqa: F401  fixtures
from tests.sure import sure

ROOT = Path(__file__).resolve().parent.parent.parent
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP: ViewportSize = {"width": 1200, "height": 900}
SMALL: ViewportSize = {"width": 320, "height": 640}
TITLE = 8  # words at most in the title of a page, as docs/look.md says


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, without a download."""
    if not (ROOT / "build" / "vendor" / "utrecht.css").exists():
        pytest.fail("build/vendor is missing: run `npm ci --ignore-scripts` and `python3 docker/local/assets.py`")
    expect.set_options(timeout=15_000)  # two slow cores may run two of these at once
    # Playwright's loop runs in this thread; the database is asked between its calls, never inside one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def lindewaard(transactional_db: None) -> Municipality:
    """The invented town, at localhost. Nothing falls into its blind sample: of two in a hundred no guess is shown."""
    town = load_town(FOLDER / "lindewaard")
    town.audit_share = Decimal(0)
    town.save(update_fields=["audit_share"])
    return town


@pytest.fixture
def open_page(browser: Any, live_server: Any, lindewaard: Municipality) -> Iterator[Callable[..., Page]]:
    """Opens a window on the town's site; at the end, nothing may have been written to the console of any, and nothing
    asked of anybody else: all of it works without a network.
    """
    contexts, said, under_way, strangers = [], [], set(), set()

    def begun(request: Request) -> None:
        under_way.add(request)
        host = urlsplit(request.url).hostname
        if host and host != "localhost" and not host.endswith(".localhost"):
            strangers.add(host)

    def ended(request: Request) -> None:
        under_way.discard(request)

    def opened(**options: bool | dict[str, int] | str) -> Page:
        base = live_server.url.replace("127.0.0.1", "localhost")
        context = browser.new_context(**{"base_url": base, "viewport": DESKTOP, "locale": "nl-NL"} | options)
        contexts.append(context)
        page: Page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", begun)
        page.on("requestfinished", ended)
        page.on("requestfailed", ended)
        return page

    yield opened
    for context in contexts:
        for _moment in range(50):  # what is still answered would hold the tables that are emptied next
            if under_way:
                context.pages[0].wait_for_timeout(100)
        context.close()
    assert strangers == set()
    # A page that does not exist is the one thing that a browser may remark on.
    assert [line for line in said if "404" not in line] == []


@pytest.fixture
def looks_well() -> Callable[[Page], None]:
    """Asserts what holds for every page: no finding of axe, one short title, nothing beside a window of 320 pixels."""

    def check(page: Page) -> None:
        # It would read the style sheets once more, as inline ones, which our policy does not allow.
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "preload": False})
        assert found.violations_count == 0, found.generate_report()
        (title,) = page.locator("h1:visible").all_inner_texts()
        assert len(title.split()) <= TITLE, (page.url, title)
        size = sure(page.viewport_size)
        page.set_viewport_size(SMALL)
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"], page.url
        page.set_viewport_size(size)

    return check
