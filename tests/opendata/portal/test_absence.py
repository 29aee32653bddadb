"""What is not there is said in the format that was asked, with when it comes."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

BUURTEN = "/data/buurt-per-maand/"


@pytest.fixture
def late(reader: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A reader on 10 June 2026: May is out, June is not over."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 6, 10, 12, tzinfo=UTC))
    return reader


def test_a_month_that_is_not_out_says_when_in_json(late: Client) -> None:
    for extension in ("json", "geojson"):
        answer = late.get(f"{BUURTEN}2026-06.{extension}")
        said = json.loads(answer.content)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
        assert (said["status"], said["verschijnt_op"]) == (404, "2026-07-01")
        assert "1 juli 2026" in said["detail"]


def test_a_month_that_is_not_out_says_when_in_csv(late: Client) -> None:
    answer = late.get(f"{BUURTEN}2026-06.csv")
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/csv; charset=utf-8")
    assert row["verschijnt_op"] == "2026-07-01"


def test_a_browser_gets_a_page_in_the_language_of_its_reader(late: Client) -> None:
    asked = {"accept": "text/html,*/*", "accept-language": "en"}
    answer = late.get(f"{BUURTEN}2026-06.csv", headers=asked)
    assert answer["Content-Type"].startswith("text/html")
    assert "1 July 2026" in answer.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("2019-01.json", "geen cijfers van 2019-01"),
        ("2026-13.json", "bestaat niet"),
        ("2026-Q1.json", "2026-05"),
        ("2026-05.json?sha256=" + "0" * 64, "controlegetal"),
        ("alles.jsonl?sha256=" + "0" * 64, "controlegetal"),
        ("alles.jsonl?sha256=x", "controlegetal"),
    ],
)
def test_what_never_comes_says_what_to_do(late: Client, path: str, words: str) -> None:
    answer = late.get(BUURTEN + path)
    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
    assert words in json.loads(answer.content)["detail"]


@pytest.mark.parametrize("path", ["/data/buurt-per-maand.json", f"{BUURTEN}2026-05.json", f"{BUURTEN}alles.jsonl"])
def test_who_writes_to_a_file_hears_in_its_format_that_it_is_read_alone(late: Client, path: str) -> None:
    answer = late.post(path)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert (answer["Content-Type"], json.loads(answer.content)["status"]) == ("application/problem+json", 405)


def test_a_csv_of_what_is_wrong_promises_no_day(late: Client) -> None:
    head, *_rows = late.get("/data/buurt-per-maand.csv?kleur=rood").text.splitlines()
    assert head == "fout"


def test_a_dataset_that_is_not_there_says_where_those_are_that_are(late: Client) -> None:
    assert "/data/" in json.loads(late.get("/data/nergens/2026-05.json").content)["detail"]
