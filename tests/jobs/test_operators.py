"""What operators come for."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.jobs.hands import Hands

pytestmark = pytest.mark.e2e
Impossible = Callable[[str], None]
DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_o2_a_new_town_from_nothing_to_its_first_melding(impossible: Impossible) -> None:
    assert "```sh" not in (DOCS / "municipality.md").read_text(encoding="utf-8")
    impossible("the page has no commands that run as they stand")


def test_o3_what_is_broken_this_morning(colleague: Hands, impossible: Impossible) -> None:
    colleague.open("/beheer/")
    expect(colleague.page.get_by_role("link", name=re.compile("stuk"))).to_have_count(0)
    impossible("nothing says so")
