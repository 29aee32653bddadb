"""Each release names the one before it, and anybody checks that from the public files."""

import re
import threading
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from meldingen.tenancy.models import Municipality
from opendata import ledger, releases
from opendata.disclosure import DrawnTable, Period
from opendata.models import Release
from tests.opendata.conftest import APRIL, MAY, publishing_town
from tests.sure import sure

DOCS = Path(__file__).resolve().parents[2] / "docs" / "datasets.md"
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


def chain(here: Municipality) -> list[tuple[int | None, str | None, str | None]]:
    rows = Release.objects.of(here).order_by("chain_number")
    return list(rows.values_list("chain_number", "chain_before", "chain_sha256"))


def is_whole(links: list[tuple[int | None, str | None, str | None]]) -> bool:
    numbers, before, hashes = zip(*links, strict=True)
    return numbers == tuple(range(1, len(links) + 1)) and before == ("0" * 64, *hashes[:-1])


def test_each_names_the_one_before_it(publisher: Municipality) -> None:
    for month in (APRIL, MAY):
        releases.publish(publisher, month)
    assert (len(chain(publisher)), is_whole(chain(publisher))) == (6, True)


def test_each_town_has_a_chain_of_its_own(publisher: Municipality) -> None:
    other = publishing_town(host="buren.example").municipality
    for town in (publisher, other):
        releases.publish(town, MAY)
    assert [is_whole(chain(town)) for town in (publisher, other)] == [True, True]


def _publish(here: Municipality, period: Period) -> None:
    releases.publish(here, period)
    connection.close()


def test_months_that_are_drawn_at_once_stand_in_one_chain(
    publisher: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, both_see_the_same, stored = ledger._store, threading.Barrier(2, timeout=30), []

    def meet(release: Release, drawn: DrawnTable) -> None:
        stored.append(release.pk)
        if len(stored) <= 2:
            both_see_the_same.wait()
        store(release, drawn)

    monkeypatch.setattr(ledger, "_store", meet)
    both = [threading.Thread(target=_publish, args=(publisher, month)) for month in (APRIL, MAY)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert (len(chain(publisher)), is_whole(chain(publisher))) == (6, True)
    assert len(stored) > 6  # one of them had to do it again


def test_files_say_it(publisher: Municipality, visitor: Client) -> None:
    releases.publish(publisher, MAY)
    head = visitor.get("/data/buurt-per-maand/2026-05.json").json()
    links = chain(publisher)
    assert (head["nummer"], head["sha256_vorige_uitgave"], head["sha256_uitgave"]) in links
    assert sure(links[-1][2]) in visitor.get("/data/catalog.ttl").text


@pytest.fixture
def served(transactional_db: None, live_server: LiveServer) -> str:
    """Where a real server has two months."""
    here = publishing_town(host="localhost").municipality
    for month in (APRIL, MAY):
        releases.publish(here, month)
    return live_server.url.replace("127.0.0.1", "localhost")


def test_the_page_of_python_checks_it(served: str, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = [block for block in PYTHON.findall(DOCS.read_text()) if "sha256_uitgave" in block]
    # The addresses of the catalogue know no port of a server for tests.
    code = code.replace("https://meldingen.example.nl", served).replace(
        "urlopen(url)", f"urlopen(url.replace('http://localhost/', '{served}/'))"
    )
    exec(compile(code, str(DOCS), "exec"), {})
    assert capsys.readouterr().out.startswith("6 releases, the last of them ")
