import pytest
from django.test import Client

from meldingen.api.query import MOST_PARAMETERS
from tests.problems import places_of, problem_of, words_of

ADDRESS = "/api/v1/buurten"


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("pagina=1", "pagina"), ("page=x", "page"), ("page=0", "page"), ("page=99999999999999999999", "page"),
        ("pageSize=1001", "pageSize"), ("page=1&page=2", "page"), ("page=2", "page"), ("page=1'--", "page"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_address_is_named(resident: Client, asked: str, place: str) -> None:
    answer = resident.get(f"{ADDRESS}?{asked}")
    assert (answer.status_code, places_of(answer)) == (400, [place])
    assert problem_of(answer)["errors"][0]["in"] == "query"


def test_all_that_is_wrong_is_said_at_once(resident: Client) -> None:
    answer = resident.get(f"{ADDRESS}?page=x&pageSize=0&kleur=rood")
    assert sorted(places_of(answer)) == ["kleur", "page", "pageSize"]
    assert "3 dingen" in problem_of(answer)["detail"]


def test_far_too_many_parameters_are_one_sentence(resident: Client) -> None:
    asked = "&".join(f"p{number}=1" for number in range(900))
    assert str(MOST_PARAMETERS) in words_of(resident.get(f"{ADDRESS}?{asked}"))[0]
