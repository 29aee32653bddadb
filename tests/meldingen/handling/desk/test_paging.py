"""The list in a table of any size: what a page reads, and by which index."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import Town
from tests.meldingen.handling.desk.test_melding import LIST
from tests.plans import plan_of

FILTERS = [
    "",
    "state=all",
    "state=solved",
    "team={team}",
    "team=none&state=all",
    "category={category}",
    "category=none",
    "buurt={buurt}&state=all",
    "team={team}&category={category}&buurt={buurt}",
    "deadline=overdue&buurt={buurt}",
]


def asked(client: Client, town: Town, query: str) -> list[str]:
    """The statements that find the ids of a page."""
    values = {"team": town.roads.pk, "category": town.dumping.pk, "buurt": town.west.code}
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"{LIST}?{query.format(**values)}").status_code == 200
    return [q["sql"] for q in queries if q["sql"].startswith('SELECT "meldingen_melding"."id" AS "pk"')]


@pytest.mark.parametrize("query", FILTERS)
def test_a_page_is_found_in_an_index_that_has_its_order_and_all_that_it_is_filtered_by(
    triager: Client, town: Town, query: str
) -> None:
    (ids,) = asked(triager, town, query)
    plan = plan_of(ids)
    assert "Index Only Scan using melding_" in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("column", ["state", "team_id", "category_id", "buurt_id"])
def test_each_filter_has_an_index_of_its_own(db: None, column: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'meldingen_melding'")
        held = [definition for (definition,) in cursor.fetchall() if " WHERE " not in definition]
    assert (
        len([one for one in held if f"(municipality_id, {column}, " in one and "received_at DESC, id DESC" in one]) == 1
    )


def test_a_filter_on_a_buurt_tells_the_database_which(triager: Client, town: Town) -> None:
    (ids,) = asked(triager, town, "buurt={buurt}")
    assert "meldingen_area" not in ids


def test_only_the_rows_of_the_page_are_read(triager: Client, town: Town) -> None:
    town.melding()
    with CaptureQueriesContext(connection) as queries:
        triager.get(LIST, {"team": "none"})
    whole = [q["sql"] for q in queries if '"meldingen_melding"."text"' in q["sql"]]
    assert len(whole) == 1
    assert '"meldingen_melding"."id" IN (' in whole[0]
