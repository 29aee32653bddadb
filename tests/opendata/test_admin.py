"""Staff read the ledger; nobody changes it, and the neighbour sees none of it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opendata.models import Budget, PlannedTable, Release
from tests.factories import Town
from tests.opendata.conftest import publishing_town

MODELS = [(Release, "release"), (Budget, "budget"), (PlannedTable, "plannedtable")]


def logged_in(town: Town, role: str = "manager") -> Client:
    client = Client(headers={"host": town.host})
    client.force_login(town.member(role, user__is_staff=True))
    return client


@pytest.mark.parametrize(("model", "name"), MODELS)
def test_a_manager_reads_and_cannot_change(db: None, published_city: Town, model: Any, name: str) -> None:
    manager, row = logged_in(published_city), model.objects.first()
    assert manager.get(f"/beheer/opendata/{name}/").status_code == 200
    page = manager.get(f"/beheer/opendata/{name}/{row.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.text
    assert manager.post(f"/beheer/opendata/{name}/{row.pk}/change/", {"period": "2020-01"}).status_code == 403
    assert manager.post(f"/beheer/opendata/{name}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert manager.get(f"/beheer/opendata/{name}/add/").status_code == 403


def test_the_list_of_releases_leaves_their_rows_in_the_database(db: None, published_city: Town) -> None:
    with CaptureQueriesContext(connection) as queries:
        logged_in(published_city).get("/beheer/opendata/release/")
    assert not [query for query in queries if '"rows"' in query["sql"]]


def test_an_epsilon_is_written_as_people_write_it(db: None, published_city: Town) -> None:
    manager = logged_in(published_city)
    assert ">0,4</td>" in manager.get("/beheer/opendata/release/").text
    assert ">1</td>" in manager.get("/beheer/opendata/budget/").text


@pytest.mark.parametrize(("model", "name"), MODELS)
def test_the_neighbours_ledger_does_not_exist(db: None, published_city: Town, model: Any, name: str) -> None:
    neighbour = logged_in(publishing_town(host="buren.example"))
    assert neighbour.get(f"/beheer/opendata/{name}/{model.objects.first().pk}/change/").status_code == 404
