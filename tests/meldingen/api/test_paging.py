from django.test import Client

from tests.factories import Town
from tests.problems import words_of


def test_pages_together_are_the_list_and_lead_to_each_other(resident: Client, town: Town) -> None:
    first, second = (resident.get(f"/api/v1/buurten?pageSize=1&page={number}") for number in (1, 2))
    codes = [buurt["code"] for page in (first, second) for buurt in page.json()["buurten"]]
    assert sorted(codes) == sorted([town.west.code, town.east.code])
    assert first["Link"] == f'<http://{town.host}/api/v1/buurten?pageSize=1&page=2>; rel="next"'
    assert second["Link"].endswith('page=1>; rel="prev"')
    assert "Link" not in resident.get("/api/v1/buurten")


def test_a_page_beyond_the_end_hears_which_is_the_last(resident: Client) -> None:
    assert words_of(resident.get("/api/v1/buurten?pageSize=1&page=9")) == ["Pagina 9 is er niet. De laatste is 2."]
