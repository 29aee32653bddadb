"""Real browsers before the running stack (`make jobs` starts it and says where it is), and the table at the end."""

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.jobs import table
from tests.jobs.hands import Hands

WEB = os.environ.get("WEB_URL", "")
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}
RESIDENTS = [pytest.param({}, id="phone"), pytest.param({"java_script_enabled": False}, id="no-script")]
STAFF = [pytest.param(False, id="mouse"), pytest.param(True, id="keyboard")]
Count = Callable[[Hands], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Jobs are done by hand, or with the slow tests, on a stack that runs."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)
            if not WEB:
                item.add_marker(pytest.mark.skip(reason="no running stack: `make jobs`"))


@pytest.fixture(scope="session")
def play() -> Iterator[Playwright]:
    expect.set_options(timeout=15_000)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(play: Playwright) -> Iterator[Browser]:
    options = ["--no-sandbox", "--disable-dev-shm-usage"]
    browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=options)
    yield browser
    browser.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens windows on the running town."""
    contexts = []

    def opened(**options: Any) -> Page:
        made = chromium.new_context(**{"base_url": WEB, "locale": "nl-NL", **options})
        contexts.append(made)
        return made.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(params=RESIDENTS)
def resident(request: pytest.FixtureRequest, window: Callable[..., Page]) -> Hands:
    """A resident with a phone, with and without scripts."""
    return Hands(window(**PHONE, **request.param))


def sign_in(page: Page, username: str) -> None:
    """As one of the colleagues of the demonstration, who all have one password; who was there before leaves."""
    page.context.clear_cookies()
    page.goto("/beheer/login/")
    page.get_by_label("Gebruikersnaam").fill(username)
    page.get_by_label("Wachtwoord").fill(os.environ["ADMIN_PASSWORD"])
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("button", name="Uitloggen").or_(page.get_by_text("Afmelden")).first).to_be_visible()


@pytest.fixture(scope="session", autouse=True)
def unsampled(chromium: Browser) -> Iterator[None]:
    """Of one report in fifty, drawn by chance, nobody sees a guess: none of those that are counted here is one."""
    page = chromium.new_page(base_url=WEB, locale="nl-NL", viewport={"width": 1280, "height": 900})
    share = set_share(page, "0")
    yield
    set_share(page, share)
    page.context.close()


def set_share(page: Page, share: str) -> str:
    """Have the municipality draw so many for the blind sample; how many it drew before."""
    sign_in(page, os.environ["ADMIN_USER"])
    page.goto("/beheer/tenancy/municipality/")
    page.locator("#result_list tbody a").first.click()
    field = page.locator("#id_audit_share")
    before = field.input_value()
    field.fill(share)
    page.locator("input[name=_save]").click()
    expect(page.locator("#result_list")).to_be_visible()
    return before


@pytest.fixture(params=STAFF)
def colleague(request: pytest.FixtureRequest, window: Callable[..., Page]) -> Hands:
    """A colleague at a desk who is logged in, with a mouse and by keyboard alone."""
    page = window(**DESK)
    sign_in(page, os.environ["ADMIN_USER"])
    hands = Hands(page, keyboard=request.param)
    hands.begin()
    return hands


@pytest.fixture
def analyst(window: Callable[..., Page]) -> Hands:
    """A reader of figures at a desk."""
    return Hands(window(**DESK))


@pytest.fixture
def job(request: pytest.FixtureRequest) -> table.Job:
    """The row of the table that the name of the test begins with: test_r1_… is R1."""
    found = re.match(r"test_([a-z]\d+)_", request.node.name)
    assert found, "a test of a job is named after it"
    return table.jobs()[found[1].upper()]


def _way(request: pytest.FixtureRequest) -> str:
    found = re.search(r"\[(.+)\]", request.node.name)
    return found[1] if found else "desk"


@pytest.fixture
def count(request: pytest.FixtureRequest, job: table.Job) -> Count:
    """Keeps what the job took; fails when a job that is held takes more than it may."""

    def kept(hands: Hands) -> None:
        counts = dict(hands.counts)
        _done.append(table.Outcome(job.id, _way(request), counts))
        assert not (job.held and job.exceeds(counts)), f"{job.id} took {counts}, at most {dict(job.most)}"

    return kept


@pytest.fixture
def impossible(request: pytest.FixtureRequest, job: table.Job) -> Callable[[str], None]:
    """Keeps why nobody can do this job; the test has looked for what is missing, and fails when it comes."""

    def kept(why: str) -> None:
        assert not job.held, f"{job.id} could be done before: {why}"
        _done.append(table.Outcome(job.id, _way(request), {}, why))

    return kept


_done: list[table.Outcome] = []  # in this process: jobs share one running town, so one does them all


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table of jobs."""
    if _done:
        terminalreporter.section("jobs: taken, and at most")
        for line in table.lines(_done):
            terminalreporter.write_line(line)


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until `true()` is."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to that in time"
        time.sleep(0.3)
