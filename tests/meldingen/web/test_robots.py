from django.test import Client

from tests.factories import Town


def test_search_engines_hear_where_the_map_of_the_own_host_is(resident: Client, town: Town) -> None:
    answer = resident.get("/robots.txt")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert f"\nSitemap: http://{town.host}/data/sitemap.xml\n" in answer.text
    assert Client(headers={"host": "niemand.example"}).get("/robots.txt").status_code == 404
