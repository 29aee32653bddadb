"""A portal that dies, refuses, keeps fields otherwise or has too many rows: what comes after it goes on."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command

from meldingen.tenancy.models import Municipality
from opendata import releases, tasks
from opendata.ckan import pushing
from opendata.ckan.packages import KEY
from opendata.datasets import Dataset
from opendata.disclosure import Period
from opendata.models import CkanPush, Release
from tests.opendata.ckan.portal import Portal, portal_at_work


@pytest.fixture
def portal(publisher: Municipality, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """The CKAN of the publisher."""
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    with portal_at_work() as (portal, address):
        pushing.connect(publisher, address, "org", "token")
        yield portal


def changes(publisher: Municipality) -> dict[str, list[str]]:
    return {one.name: one.changes for one in pushing.push(publisher)}


def test_a_refusal_of_one_keeps_no_other_back(publisher: Municipality, may: list[Release], portal: Portal) -> None:
    first, *others = [f"{publisher.code}-{one.slug}".lower() for one in _datasets(publisher)]
    portal.refuses = {first}
    with pytest.raises(CommandError, match="Missing value"):
        call_command("push_ckan", publisher.code)
    assert sorted(portal.packages) == sorted(others)
    portal.refuses = set()
    call_command("push_ckan", publisher.code)
    assert first in portal.packages


def _datasets(publisher: Municipality) -> list[Dataset]:
    return [one.dataset for one in pushing._whole(publisher)]


def test_the_data_steward_can_read_what_failed_and_since_when(
    publisher: Municipality, may: list[Release], portal: Portal
) -> None:
    slug = _datasets(publisher)[0].slug
    portal.refuses = {f"{publisher.code}-{slug}".lower()}
    changes(publisher)
    behind = CkanPush.objects.get(dataset=slug)
    assert (behind.is_behind, behind.failure, "Missing value" in behind.detail) == (True, "refused", True)
    assert not any(one.is_behind for one in CkanPush.objects.exclude(dataset=slug))
    portal.refuses = set()
    changes(publisher)
    behind.refresh_from_db()
    assert (behind.is_behind, behind.failed_at is None) == (False, False)


def test_rows_of_others_in_the_table_go_and_it_is_right_again(
    publisher: Municipality, may: list[Release], portal: Portal
) -> None:
    changes(publisher)
    before = {name: dict(rows) for name, rows in portal.tables.items()}
    for rows in portal.tables.values():
        rows["of others"] = {"maand": "1999-01"}
    assert all(said[0].startswith("table filled") for said in changes(publisher).values())
    assert portal.tables == before
    assert set(map(tuple, changes(publisher).values())) == {()}


def test_a_portal_that_dies_between_any_two_calls_is_finished_by_the_next_run(
    publisher: Municipality, may: list[Release], portal: Portal
) -> None:
    slug = _datasets(publisher)[0].slug
    list(pushing.push(publisher, only=slug))
    (name, whole), calls = next(iter(portal.packages.items())), len(portal.calls)
    for lives in range(calls):
        portal.packages.clear()
        portal.tables.clear()
        portal.lives = lives
        assert [one.failure is None for one in pushing.push(publisher, only=slug)] == [False]
        portal.lives = None
        assert [one.failure for one in pushing.push(publisher, only=slug)] == [None]
        keys = [one[KEY] for one in portal.packages[name]["resources"]]
        assert keys == [one[KEY] for one in whole["resources"]]
        assert [len(portal.packages), len(portal.tables)] == [1, 1]
        assert [one.changes for one in pushing.push(publisher, only=slug)] == [[]]


def test_of_eleven_files_the_ten_with_the_newest_months_are_there_newest_first(
    publisher: Municipality, portal: Portal
) -> None:
    for month in range(1, 8):
        releases.publish(publisher, Period.month(2026, month), is_last=month == 7)
    name = next(name for name in changes(publisher) if name.endswith("buurt-per-maand"))
    keys = [one[KEY] for one in portal.packages[name]["resources"]]
    months = [f"2026-{month:02}.csv" for month in (7, 6, 5, 4, 3, 2)]
    assert keys == ["alles.csv", "alles.xlsx", "alles.parquet", "alles.jsonl", *months]


def test_a_portal_that_keeps_a_field_otherwise_is_said_by_its_name(
    publisher: Municipality, may: list[Release], portal: Portal
) -> None:
    portal.keeps = {"title": "ANDERS"}
    said = {str(one.failure) for one in pushing.push(publisher)}
    assert said == {"The portal keeps title otherwise than it was sent."}


def test_each_dataset_is_a_task_of_its_own(
    publisher: Municipality, may: list[Release], portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, str]] = []
    monkeypatch.setattr(tasks.push_dataset_to_ckan, "delay", lambda *about: asked.append(about))
    monkeypatch.setattr(tasks.push_to_ckan, "delay", tasks.push_to_ckan)
    tasks.push_to_every_ckan()
    assert sorted(slug for _town, slug in asked) == sorted(one.dataset for one in may)
    tasks.push_dataset_to_ckan(*asked[0])
    assert list(portal.packages) == [f"{publisher.code}-{asked[0][1]}".lower()]


def test_what_was_drawn_goes_to_the_portal(
    publisher: Municipality, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for task in (tasks.push_to_ckan, tasks.push_dataset_to_ckan):
        monkeypatch.setattr(task, "delay", task)
    tasks.publish_period(publisher.pk, "2026-05")
    assert len(portal.packages) == 3
