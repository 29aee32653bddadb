"""Every page of the staff site, from its URLconf and its registry: no finding of axe, and nothing beside 320 pixels."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver
from playwright.sync_api import Page

from meldingen.staffsite.site import site
from meldingen.tenancy.models import Municipality
from tests.factories import Town
from tests.meldingen.attachments.conftest import photo, private, receive
from tests.meldingen.staffsite.test_addresses import addresses

__all__ = ["addresses", "photo", "private", "receive"]
pytestmark = [pytest.mark.e2e, pytest.mark.slow]
DESK = {"width": 1280, "height": 800}
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def town(transactional_db: None) -> Town:
    """A town with a row of everything, where the browser looks."""
    return Town(host="localhost")


@pytest.fixture
def lindewaard(town: Town) -> Municipality:
    return town.municipality


def plain(patterns: list[Any], before: str = "") -> Iterator[str]:
    """Each address below /beheer/ that takes nothing."""
    for each in patterns:
        spelt = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from plain(each.url_patterns, spelt)
        elif isinstance(each, URLPattern) and not {"<", "("} & set(spelt):
            yield f"/beheer/{spelt}"


def registered(municipality: Municipality) -> Iterator[str]:
    """The pages of one row of each model that is registered; those of the list are plain."""
    for model in site._registry:
        own = {"municipality": municipality} if hasattr(model, "municipality") else {}
        row = model._default_manager.filter(**own).order_by("-pk").first()
        if row is None:
            continue
        for page in ("change", "delete", "history"):
            yield f"/beheer/{model._meta.app_label}/{model._meta.model_name}/{row.pk}/{page}/"


def shown(page: Page, found: list[str]) -> list[str]:
    """Those that are a page for this colleague: not a file, a picture, an answer for a script, or for others."""
    cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    client = Client(headers={"host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = cookies[settings.SESSION_COOKIE_NAME]
    answers = {address: client.get(address) for address in dict.fromkeys(found)}
    return [
        address for address, answer in answers.items()
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
        and "logout" not in address and "Content-Disposition" not in answer
    ]  # fmt: skip


@pytest.mark.parametrize(("role", "least"), [("manager", 60), ("coordinator", 20)])
def test_every_page_looks_well(
    logged_in: Any, town: Town, addresses: list[str], looks_well: Callable[[Page], None], role: str, least: int
) -> None:
    page, wrong = logged_in(role, viewport=DESK), {}
    pages = shown(page, [*plain(site.get_urls()), *addresses, *registered(town.municipality)])
    assert len(pages) >= least, pages
    for address in pages:
        page.goto(address)
        try:
            looks_well(page)
        except AssertionError as finding:
            wrong[address] = str(finding)[:600]
            if SHOTS:
                page.screenshot(path=Path(SHOTS) / f"wrong-{role}-{address.strip('/').replace('/', '-')}.png")
    assert wrong == {}, json.dumps(wrong, indent=1)
