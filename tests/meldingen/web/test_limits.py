"""What a visitor sees of limits: the form never refuses, everything else says when to come back."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from meldingen.notifications.models import Delivery
from meldingen.record.models import Melding
from meldingen.routing import prediction
from tests.factories import Town
from tests.learned import CONTAINER, learn
from tests.problems import problem_of


def report(client: Client, typed: dict[str, str], **values: str) -> Any:
    return client.post("/melden/", typed | {"submission_key": str(uuid.uuid4())} | values)


def test_the_form_never_refuses_and_what_is_too_much_is_suspect(
    resident: Client, typed: dict[str, str], limited: Callable[..., Any]
) -> None:
    limited(form="2/hour", pages="1/hour")
    answers = [report(resident, typed) for _number in range(4)]
    assert [answer.status_code for answer in answers] == [302] * 4
    assert list(Melding.objects.order_by("pk").values_list("is_suspect", flat=True)) == [False, False, True, True]
    assert Delivery.objects.count() == 2
    pages = [resident.get(answer["Location"]) for answer in answers[1:3]]
    assert ["Een collega bekijkt" in page.text for page in pages] == [False, True]


def test_a_second_press_is_the_same_melding_and_counts_once(
    resident: Client, typed: dict[str, str], limited: Callable[..., Any]
) -> None:
    limited(form="1/hour")
    for _number in range(3):
        assert resident.post("/melden/", typed).status_code == 302
    assert not Melding.objects.get().is_suspect


def test_nobody_has_another_address_by_saying_so(
    resident: Client, typed: dict[str, str], limited: Callable[..., Any], settings: Settings
) -> None:
    limited(form="1/hour")
    settings.PROXY_HOPS = 1
    for number in range(2):
        said = {"x-forwarded-for": f"198.51.100.{number}, 192.0.2.7", "x-real-ip": f"198.51.100.{number}"}
        resident.post("/melden/", typed | {"submission_key": str(uuid.uuid4())}, headers=said)
    assert Melding.objects.filter(is_suspect=True).count() == 1


def test_a_colleague_on_the_phone_is_never_suspect(
    town: Town, typed: dict[str, str], limited: Callable[..., Any]
) -> None:
    limited(form="1/hour")
    client = Client(headers={"host": town.host})
    client.force_login(town.member())
    for _number in range(3):
        call = typed | {"submission_key": str(uuid.uuid4()), "channel": "phone", "save": "1"}
        client.post("/beheer/telefoon/", call)
    assert Melding.objects.filter(is_suspect=False, source="phone").count() == 3


@pytest.mark.parametrize("address", ["/", "/volg/", "/data/", "/kaart/gebieden.geojson", "/taal/", "/bestaat-niet"])
def test_a_page_that_is_asked_too_often_says_when_to_come_back(
    resident: Client, limited: Callable[..., Any], address: str
) -> None:
    limited(pages="1/minute")
    resident.get(address)
    answer = resident.get(address)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 120
    assert f"{answer['Retry-After']} second" in answer.text
    assert 'href="/melden/"' in answer.text


def test_a_program_hears_it_as_a_problem(resident: Client, limited: Callable[..., Any]) -> None:
    limited(pages="1/minute")
    resident.get("/api/v1/buurten")
    answer = resident.get("/api/v1/buurten", headers={"accept-language": "nl"})
    assert problem_of(answer)["status"] == 429
    assert "seconden" in answer.json()["detail"]
    assert 0 < int(answer["Retry-After"]) <= 120


@pytest.mark.parametrize("address", ["/melden/", "/gezond", "/beheer/login/"])
def test_who_reports_and_who_asks_for_health_is_never_sent_away(
    resident: Client, limited: Callable[..., Any], address: str
) -> None:
    limited(pages="1/hour", form="1/hour", api="1/hour", suggestions="1/hour", town="1/hour")
    assert {resident.get(address).status_code for _number in range(3)} == {200}


@pytest.mark.parametrize("rates", [{"suggestions": "1/hour"}, {"town": "1/hour"}])
def test_without_suggestions_the_form_goes_on(
    resident: Client, town: Town, typed: dict[str, str], limited: Callable[..., Any], rates: dict[str, str]
) -> None:
    learn(town)
    prediction.forget_models()
    limited(**rates)
    first = resident.post("/melden/", typed | {"step": "what", "text": CONTAINER})
    report(resident, typed)
    report(resident, typed)
    after = resident.post("/melden/", typed | {"step": "what", "text": CONTAINER})
    assert [bool(page.context["suggested"]) for page in (first, after)] == [True, False]
    assert 'value="container-vol"' in after.text


def test_without_redis_everything_goes_on(
    resident: Client, typed: dict[str, str], limited: Callable[..., Any], settings: Settings
) -> None:
    limited(form="1/hour", pages="1/minute", suggestions="1/hour", town="1/hour")
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    for _number in range(3):
        assert report(resident, typed).status_code == 302
        assert resident.get("/").status_code == 200
    assert not Melding.objects.filter(is_suspect=True).exists()
