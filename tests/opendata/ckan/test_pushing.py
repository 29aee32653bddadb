"""On a real CKAN (CKAN_URL, CKAN_TOKEN, CKAN_ORG): the same twice is nothing, and what is gone comes back."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from pytest_django import Settings

from meldingen.tenancy.models import Municipality
from opendata import releases
from opendata.ckan import pushing
from opendata.ckan.packages import KEY, ROWS_FROM
from opendata.ckan.transport import Ckan, PortalAway, PortalRefused
from opendata.models import CkanPortal, Release
from tests.opendata.conftest import APRIL, restore_to_before

URL = os.environ.get("CKAN_URL", "")
needs_ckan = pytest.mark.skipif(not URL, reason="no CKAN is named by CKAN_URL")
Say = Callable[[], dict[str, list[str]]]


@pytest.fixture
def ckan() -> Ckan:
    return Ckan(URL, os.environ["CKAN_TOKEN"])


@pytest.fixture
def pushed(publisher: Municipality, may: list[Release], ckan: Ckan) -> Say:
    """Pushes and says the changes of each dataset; what an earlier test left in the portal is gone."""
    for release in may:
        name = f"{publisher.code}-{release.dataset}".lower()
        if ckan.find("package_show", id=name) is not None:
            ckan.call("dataset_purge", id=name)
    pushing.connect(publisher, URL, os.environ["CKAN_ORG"], os.environ["CKAN_TOKEN"])
    return lambda: {one.name: one.changes for one in pushing.push(publisher)}


def package(ckan: Ckan, name: str) -> dict[str, Any]:
    found: dict[str, Any] = ckan.call("package_show", id=name)
    return found


@needs_ckan
def test_twice_is_once(pushed: Say, ckan: Ckan, may: list[Release]) -> None:
    first = pushed()
    assert len(first) == 3
    assert all(changes[0] == "made" for changes in first.values())
    before = [package(ckan, name) for name in first]
    assert set(map(tuple, pushed().values())) == {()}
    assert [package(ckan, name) for name in first] == before


@needs_ckan
def test_it_has_each_format_then_the_months_and_a_table(pushed: Say, ckan: Ckan, may: list[Release]) -> None:
    name = next(name for name in pushed() if name.endswith("buurt-per-maand"))
    shown = package(ckan, name)
    keys = [resource[KEY] for resource in shown["resources"]]
    assert keys == ["alles.csv", "alles.xlsx", "alles.parquet", "alles.jsonl", "2026-05.csv"]
    assert (shown["license_id"], shown["isopen"]) == ("cc-zero", True)
    table = ckan.call("datastore_search", resource_id=shown["resources"][0]["id"])
    release = next(one for one in may if one.dataset == "buurt-per-maand")
    assert sorted(row["trekking"] for row in table["records"]) == sorted(row[1] for row in release.numbers)


@needs_ckan
def test_a_file_that_somebody_removed_comes_back(pushed: Say, ckan: Ckan) -> None:
    name = next(iter(pushed()))
    ckan.call("resource_delete", id=package(ckan, name)["resources"][0]["id"])
    assert [change.split(":")[0] for change in pushed()[name]] == ["files", "table filled"]
    assert package(ckan, name)["resources"][0][KEY] == "alles.csv"
    assert pushed()[name] == []


@needs_ckan
def test_a_table_that_was_filled_half_is_filled_next_time(pushed: Say, ckan: Ckan) -> None:
    name = next(iter(pushed()))
    resource = package(ckan, name)["resources"][0]
    ckan.call("datastore_delete", resource_id=resource["id"], force=True, filters={"maand": "2026-05"})
    ckan.call("resource_patch", **{"id": resource["id"], ROWS_FROM: ""})
    assert pushed()[name][0].startswith("table filled")
    assert pushed()[name] == []


@needs_ckan
def test_what_others_added_stays(pushed: Say, ckan: Ckan) -> None:
    name = next(iter(pushed()))
    ckan.call("resource_create", package_id=name, name="Toelichting", url="https://example.nl/toelichting.pdf")
    tags = [{"name": tag["name"]} for tag in package(ckan, name)["tags"]]
    ckan.call("package_patch", id=name, tags=[*tags, {"name": "wijken"}], notes="Door iemand veranderd")
    assert pushed()[name] == ["changed: notes"]
    shown = package(ckan, name)
    assert shown["resources"][-1]["name"] == "Toelichting"
    assert "wijken" in {tag["name"] for tag in shown["tags"]}


@needs_ckan
def test_a_new_month_changes_what_is_there(pushed: Say, ckan: Ckan, publisher: Municipality) -> None:
    name = next(name for name in pushed() if name.endswith("buurt-per-maand"))
    identity = package(ckan, name)["resources"][0]["id"]
    releases.publish(publisher, APRIL)
    assert pushed()[name]
    resources = package(ckan, name)["resources"]
    assert resources[0]["id"] == identity
    assert [resource[KEY] for resource in resources][-2:] == ["2026-05.csv", "2026-04.csv"]


@needs_ckan
def test_a_dry_run_sends_nothing(pushed: Say, ckan: Ckan, publisher: Municipality) -> None:
    said = {one.name: one.changes for one in pushing.push(publisher, is_dry_run=True)}
    assert all(changes == ["made"] for changes in said.values())
    assert ckan.find("package_show", id=next(iter(said))) is None


@needs_ckan
def test_a_token_that_was_revoked_is_said(publisher: Municipality, may: list[Release]) -> None:
    pushing.connect(publisher, URL, os.environ["CKAN_ORG"], "revoked")
    for release in may:
        name = f"{publisher.code}-{release.dataset}".lower()
        if Ckan(URL, os.environ["CKAN_TOKEN"]).find("package_show", id=name) is not None:
            Ckan(URL, os.environ["CKAN_TOKEN"]).call("dataset_purge", id=name)
    assert all("refuses the token" in str(one.failure) for one in pushing.push(publisher))


def test_a_portal_that_is_away_is_tried_again(
    publisher: Municipality, may: list[Release], monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    pushing.connect(publisher, "http://127.0.0.1:9", "org", "x")
    assert [type(one.failure) for one in pushing.push(publisher, only=may[0].dataset)] == [PortalAway]
    assert waited == [1, 2, 4]


def test_the_token_is_stored_encrypted_by_the_command(
    publisher: Municipality, may: list[Release], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    (tmp_path / "token").write_text("geheim\n")
    told = {"address": "http://127.0.0.1:9", "owner": "org", "token_file": tmp_path / "token"}
    with pytest.raises(CommandError, match="cannot be reached"):
        call_command("push_ckan", publisher.code, **told)
    assert "geheim" not in CkanPortal.objects.get().sealed_token


def test_a_town_without_a_portal_hears_what_to_give(publisher: Municipality) -> None:
    with pytest.raises(CommandError, match="--address, --organisation and --token-file"):
        call_command("push_ckan", publisher.code)


def test_a_copy_sends_nothing(publisher: Municipality, settings: Settings) -> None:
    settings.PUBLISHING = False
    pushing.connect(publisher, "http://127.0.0.1:1", "gemeente", "token")
    with pytest.raises(PortalRefused, match="PUBLISHING"):
        list(pushing.push(publisher))


def test_a_restored_database_sends_nothing(publisher: Municipality, may: list[Release]) -> None:
    releases.publish(publisher, APRIL)
    restore_to_before("2026-04")
    pushing.connect(publisher, "http://127.0.0.1:9", "org", "x")
    with pytest.raises(PortalRefused, match=r"2026-04 .* looks restored"):
        list(pushing.push(publisher))


def test_a_register_that_cannot_be_read_sends_nothing(publisher: Municipality, may: list[Release]) -> None:
    storages["releases"].save(f"{publisher.code}/register.json", ContentFile(b"{"))
    pushing.connect(publisher, "http://127.0.0.1:9", "org", "x")
    with pytest.raises(PortalRefused, match=r"register .* cannot be read"):
        list(pushing.push(publisher))


def test_a_history_that_cannot_be_read_waits(publisher: Municipality, may: list[Release]) -> None:
    for release in may:
        storages["releases"].save(f"{publisher.code}/{release.dataset}/alles.json", ContentFile(b"{"))
    pushing.connect(publisher, "http://127.0.0.1:9", "org", "x")
    assert {tuple(one.changes) for one in pushing.push(publisher)} == {("waits until its files are written",)}
