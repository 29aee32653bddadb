"""What readers of figures come for."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Download, expect

from tests.jobs.conftest import Count
from tests.jobs.hands import Hands

pytestmark = pytest.mark.e2e
Impossible = Callable[[str], None]


def _newest_dataset(analyst: Hands) -> None:
    analyst.open("/data/")
    analyst.tap(analyst.page.locator(".dataset-card a").first)


def test_a1_do_complaints_about_containers_rise(analyst: Hands, impossible: Impossible) -> None:
    _newest_dataset(analyst)
    expect(analyst.page.locator("svg[role=img]")).to_have_count(0)
    impossible("no line: every month is a download of its own")


def test_a2_compare_two_neighbourhoods(analyst: Hands, impossible: Impossible) -> None:
    _newest_dataset(analyst)
    expect(analyst.page.get_by_text(re.compile("per 1\\.000 inwoners"))).to_have_count(0)
    impossible("no rates")


def _take(analyst: Hands, address: str) -> Download:
    with analyst.page.expect_download() as waiting:
        analyst.tap(analyst.page.locator(f"a[href*='{address}']").first)
    return waiting.value


def test_a3_all_history_in_one_file(analyst: Hands, count: Count) -> None:
    _newest_dataset(analyst)
    assert _take(analyst, "alles.xlsx").path().stat().st_size > 10_000
    count(analyst)


def test_a4_one_file_of_areas(analyst: Hands, count: Count) -> None:
    """The figures are joined to it by their code."""
    _newest_dataset(analyst)
    assert _take(analyst, ".gpkg").path().stat().st_size > 10_000
    count(analyst)


def test_a5_what_i_see_as_data(analyst: Hands, impossible: Impossible) -> None:
    _newest_dataset(analyst)
    assert analyst.page.request.get(analyst.page.url.rstrip("/") + ".json").status == 404
    impossible("the address of a view has no .json")


def test_a6_the_total_of_a_month(analyst: Hands, impossible: Impossible) -> None:
    analyst.open("/data/")
    expect(analyst.page.get_by_text(re.compile("meldingen in (januari|oktober)"))).to_have_count(0)
    impossible("no total on any page")


def test_a7_what_will_be_published_tonight(colleague: Hands, impossible: Impossible) -> None:
    colleague.open("/beheer/")
    expect(colleague.page.get_by_text(re.compile("vannacht"))).to_have_count(0)
    impossible("no page says what comes")


def test_a8_into_ckan(impossible: Impossible) -> None:
    from django.core.management import get_commands

    assert "push_ckan" in get_commands()
    impossible("no CKAN stands beside this run; tests/opendata/ckan does it on a real one: 1 command")
