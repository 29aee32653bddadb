"""What docs/demo.md and `make demo` promise is there on the running stack: looked at, and nothing changed."""

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from meldingen.showroom.parts import PARTS
from tests.jobs.blocks import ROOT
from tests.jobs.conftest import DESK

pytestmark = pytest.mark.e2e
LIST = "/beheer/meldingen/melding/"
SEARCHES = {  # the words of a story: in which state, how many at least and at most, and what the first row says
    "zit alweer vol": ("all", 20, 999, "zit alweer vol"),
    "geen enkele lantaarn": ("all", 5, 60, "geen enkele lantaarn"),
    "matras met een kapotte koelkast": ("open", 1, 3, "En naast de container"),
    "bezwaar": ("new", 1, 9, "bezwaar"),
    "geen woorden meer": ("new", 1, 3, "geen woorden meer"),
}
# State or term, and how many at least and at most: colleagues of the demonstration may have begun, and the model has.
NUMBERS = {
    "state=new": (30, 80),
    "state=waiting": (6, 12),
    "state=reopened": (1, 6),
    "state=spam": (200, 220),
    "state=threat": (1, 3),
    "deadline=overdue": (37, 120),
}


@pytest.fixture(scope="session", autouse=True)
def unsampled() -> None:
    """Nothing is reported here, so nobody has to keep the blind sample away."""


@pytest.fixture(scope="module")
def things() -> Iterator[Any]:
    sys.path.insert(0, str(ROOT / "docker" / "local"))
    yield importlib.import_module("tour").THINGS
    sys.path.pop(0)


@pytest.fixture
def enter(window: Callable[..., Page]) -> Callable[[str], Page]:
    """One click at the door; the page on which that part begins."""

    def entered(part: str) -> Page:
        page = window(**DESK)
        page.goto("/demo/")
        page.locator(f"button[name=part][value={part}]").click()
        return page

    return entered


def number(page: Page) -> int:
    """How many the list says that there are."""
    words = re.search(r"[\d.]+", page.locator(".list-count").inner_text())
    return int(words[0].replace(".", "")) if words else 0


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.key)
def test_each_part_begins_with_its_work(enter: Callable[[str], Page], part: Any) -> None:
    page = enter(part.key)
    assert page.url.endswith(part.page)
    assert page.locator("h1").first.inner_text()
    assert page.get_by_role("button", name="Uitloggen").count() == bool(part.username)


def test_each_thing_to_try_is_there(enter: Callable[[str], Page], things: Any) -> None:
    page = enter("beheerder")
    assert [path for _what, path in things if path and not page.request.get(path).ok] == []


@pytest.mark.parametrize("words", SEARCHES)
def test_each_story_is_where_the_page_says(enter: Callable[[str], Page], words: str) -> None:
    assert f"`{words}`" in (ROOT / "docs" / "demo.md").read_text(encoding="utf-8")
    state, least, most, text = SEARCHES[words]
    page = enter("coordinator")
    page.goto(f"{LIST}?state={state}")
    page.locator("#q").fill(words)
    page.get_by_role("button", name="Tonen", exact=True).click()
    assert least <= number(page) <= most
    assert text.lower() in page.locator(".melding-list tbody").inner_text().lower()


@pytest.mark.parametrize("asked", NUMBERS)
def test_the_work_of_a_weekend_waits(enter: Callable[[str], Page], asked: str) -> None:
    page = enter("coordinator")
    page.goto(f"{LIST}?{asked}")
    least, most = NUMBERS[asked]
    assert least <= number(page) <= most
