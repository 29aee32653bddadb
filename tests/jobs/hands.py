"""Somebody at a browser who counts what they do: taps, pages that are loaded, characters, downloads."""

from collections import Counter
from pathlib import Path

from playwright.sync_api import Locator, Page, Request

LONGEST_WALK = 250  # presses of Tab to reach something; more means that it cannot be reached


class Hands:
    """One person at one window. With `keyboard` nothing is clicked: Tab goes to it, Enter or Space acts."""

    def __init__(self, page: Page, *, keyboard: bool = False) -> None:
        self.page = page
        self.keyboard = keyboard
        self.counts = Counter(taps=0, loads=0, characters=0, downloads=0)
        page.on("request", self._see)
        page.on("download", lambda _download: self.counts.update(downloads=1))

    def begin(self) -> None:
        """Count from here on: what came before was not the job."""
        self.counts = Counter(taps=0, loads=0, characters=0, downloads=0)

    def open(self, path: str) -> None:
        """Go to an address that a person types, or finds in a mail."""
        self.page.goto(path)

    def tap(self, what: Locator, key: str = "Enter") -> None:
        """Tap, click, or reach it with Tab and press `key` (Space for a box or radio button)."""
        self.counts["taps"] += 1
        if self.keyboard:
            self._walk_to(what)
            self.page.keyboard.press(key)
        else:
            what.click()

    def type(self, where: Locator, text: str) -> None:
        """Write into a field. Going there is a tap, unless it is where the page put the cursor."""
        if not self._is_focused(where):
            if self.keyboard:
                self._walk_to(where)
            else:
                self.counts["taps"] += 1
        self.counts["characters"] += len(text)
        where.fill(text)

    def choose(self, where: Locator, label: str) -> None:
        """Choose from a list: a tap to open it and one on the line."""
        self.counts["taps"] += 2
        where.select_option(label=label)

    def choose_file(self, where: Locator, path: Path) -> None:
        """Choose a file: a tap here, and what the telephone asks after that is not ours."""
        self.counts["taps"] += 1
        where.set_input_files(path)

    def _see(self, request: Request) -> None:
        if request.is_navigation_request() and request.frame == self.page.main_frame and not request.redirected_from:
            self.counts["loads"] += 1

    def _is_focused(self, what: Locator) -> bool:
        return bool(what.evaluate("each => each === document.activeElement"))

    def _walk_to(self, what: Locator) -> None:
        for _press in range(LONGEST_WALK):
            if self._is_focused(what):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {what}")
