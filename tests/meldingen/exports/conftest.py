"""An empty storage, and an export that somebody asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from meldingen.exports import asking
from meldingen.exports.asking import Wish
from meldingen.exports.models import Export
from meldingen.tenancy.models import User
from tests.factories import Town
from tests.staff import manager, published, reader, triager  # noqa: F401  fixtures

Asked = Callable[..., Export]


@pytest.fixture(autouse=True)
def own_storage(settings: Settings, tmp_path: Path) -> Path:
    """Files of exports are in a folder of this test."""
    settings.INCOMING_DIR = tmp_path / "incoming"
    private = settings.STORAGES["private"]
    place = {"OPTIONS": private["OPTIONS"] | {"location": tmp_path / "private"}}
    settings.STORAGES = settings.STORAGES | {"private": private | place}
    return tmp_path


@pytest.fixture
def asked(town: Town) -> Asked:
    """`asked(user, query)`: an export of this worklist, asked for by this colleague."""

    def ask(owner: User | None = None, query: str = "list=all", kind: str = "csv", **more: Any) -> Export:
        wish = Wish(query, "Alles", kind, more.pop("language", "nl"), **more)
        return asking.ask(town.municipality, owner or town.member(), wish)

    return ask
