import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["buurten", "bestaat-niet", "openapi.json"])
def test_every_answer_says_the_version_and_may_be_read_elsewhere(resident: Client, path: str) -> None:
    answer = resident.get(f"/api/v1/{path}")
    assert (answer["API-Version"], answer["Access-Control-Allow-Origin"]) == ("1.0.0", "*")


def test_an_address_without_a_municipality_says_it_too(db: None) -> None:
    assert Client(headers={"host": "niemand.example"}).get("/api/v1/buurten")["API-Version"] == "1.0.0"


def test_a_browser_may_read_from_a_page_elsewhere_and_not_write(resident: Client) -> None:
    asked = {"origin": "https://elders.example", "access-control-request-method": "POST"}
    answer = resident.options("/api/v1/meldingen", headers=asked)
    assert (answer.status_code, answer["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert "Access-Control-Allow-Origin" not in resident.post("/api/v1/meldingen")


@pytest.mark.parametrize(("path", "methods"), [("buurten", "GET, HEAD, OPTIONS"), ("meldingen", "POST, OPTIONS")])
def test_who_asks_what_can_be_done_hears_it(resident: Client, path: str, methods: str) -> None:
    answer = resident.options(f"/api/v1/{path}")
    assert (answer.status_code, answer["Allow"], answer.content) == (204, methods, b"")


def test_pages_of_people_have_none_of_it(resident: Client) -> None:
    answer = resident.get("/melden/")
    assert not {"API-Version", "Access-Control-Allow-Origin"} & set(answer.headers)
