"""At 200,000 meldingen each worklist, filter and search reads a little of the table, and that by an index."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.benchmarks import scale
from tests.benchmarks.seed import seed

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NUMBER = 200_000
MOST = 2_000  # meldingen that a page of the inbox may look at, for all that stands on it
MOST_IN_LIST = NUMBER // 10  # the plain list walks an index and leaves out what does not fit
TABLE = "meldingen_melding"


def nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A step of a plan and all steps below it."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def rows_read(sql: str) -> int:
    """How many meldingen a statement looked at."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        (answer,) = cursor.fetchone()
    plan = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
    own = [node for node in nodes(plan) if node.get("Relation Name") == TABLE]
    gone = ("Rows Removed by Filter", "Rows Removed by Index Recheck")
    return sum((node["Actual Rows"] + sum(node.get(each, 0) for each in gone)) * node["Actual Loops"] for node in own)


def read_by(client: Any, address: str, sent: Mapping[str, str] | None = None) -> int:
    """How many meldingen a page looked at, for all that stands on it."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(address, sent, follow=True) if sent else client.get(address)
    assert answer.status_code == 200
    own = [each["sql"] for each in asked if each["sql"].startswith("SELECT") and TABLE in each["sql"]]
    return int(sum(map(rows_read, own)))


@pytest.fixture
def values() -> Mapping[str, object]:
    """What the addresses name, in a town with very many meldingen."""
    return scale._values(seed(NUMBER, scale.YEARS))


def test_no_page_of_the_desk_reads_the_table(values: Mapping[str, object]) -> None:
    client = scale._colleague()
    asked = [f"list={slug}" for slug in scale.WORKLISTS] + list(scale.NARROWED.values())
    inbox = {query: read_by(client, f"{scale.INBOX}?{query.format(**values)}") for query in asked}
    inbox |= {words: read_by(client, f"{scale.INBOX}zoeken/", {"words": words}) for words in scale.WORDS.values()}
    inbox["figures"] = read_by(client, f"{scale.INBOX}cijfers/?period=last-week")
    plain = {query: read_by(client, f"{scale.LIST}?{query.format(**values)}") for query in scale.FILTERS.values()}
    worded = {name: read_by(client, each) for name, each in scale.worded(client).items()}
    inbox |= {name: number for name, number in worded.items() if name.startswith("inbox")}
    plain |= {name: number for name, number in worded.items() if name.startswith("list")}
    assert {query: number for query, number in inbox.items() if number > MOST} == {}
    assert {query: number for query, number in plain.items() if number > MOST_IN_LIST} == {}
