"""Pages of other sites may read open data, and what is said when something is not there."""

import pytest
from django.test import Client

SEEN = "Access-Control-Allow-Origin"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/data/", 200),
        ("/data/buurt-per-maand/alles.csv", 200),
        ("/data/buurt-per-maand/2026-05.json", 200),
        ("/data/gebieden-2025.geojson", 200),
        ("/data/buurt-per-maand/2031-01.json", 404),
        ("/data/buurt-per-maand/2026-05.xls", 404),
        ("/data/nergens/", 404),
    ],
)
def test_every_answer_may_be_read_by_others(reader: Client, path: str, status: int) -> None:
    answer = reader.get(path)
    assert (answer.status_code, answer[SEEN]) == (status, "*")
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    assert not answer.cookies


def test_a_wrong_method_may_be_read_too(reader: Client) -> None:
    answer = reader.delete("/data/buurt-per-maand/alles.csv")
    assert (answer.status_code, answer[SEEN]) == (405, "*")


def test_a_browser_that_asks_first_hears_what_it_may_ask(reader: Client) -> None:
    answer = reader.options("/data/buurt-per-maand/alles.parquet")
    assert (answer.status_code, answer["Allow"], answer[SEEN]) == (204, "GET, HEAD, OPTIONS", "*")
    assert "Range" in answer["Access-Control-Allow-Headers"]


def test_other_pages_are_not_shared(reader: Client) -> None:
    assert SEEN not in reader.get("/")
