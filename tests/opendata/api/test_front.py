"""The root of the interface."""

from django.test import Client


def test_the_root_is_a_page_for_people_and_the_description_for_programs(program: Client) -> None:
    page = program.get("/data/api/v1/", headers={"accept": "text/html"})
    assert (page.status_code, "/data/api/v1/cijfers" in page.text) == (200, True)
    assert program.get("/data/api/v1/")["Location"] == "/data/api/v1/openapi.json"
    assert program.get("/data/api/")["Location"] == program.get("/data/api/v1")["Location"] == "/data/api/v1/"
