from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.test import Client, RequestFactory, override_settings
from pytest_django import DjangoAssertNumQueries

from meldingen.places import areas
from meldingen.record.models import Melding
from meldingen.tenancy import middleware
from meldingen.web.errors import forbidden, our_fault
from tests.factories import Town
from tests.problems import problem_of
from tests.sure import sure


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_an_unknown_address_says_where_to_start(resident: Client) -> None:
    response = resident.get("/bestaat-niet")
    assert response.status_code == 404
    assert 'href="/"' in response.content.decode()


def test_a_fault_of_ours_is_a_page_without_any_query(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = RequestFactory().post("/melden/")
    with django_assert_num_queries(0):
        response = our_fault(request)
    assert response.status_code == 500
    assert b"<h1" in response.content


def test_a_body_that_is_far_too_big_gets_a_page_with_a_word(resident: Client) -> None:
    response = resident.post(
        "/melden/", {"text": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}, "application/x-www-form-urlencoded"
    )
    assert response.status_code == 400


@pytest.mark.parametrize("origin", ["https://elders.example", None])
def test_a_form_from_elsewhere_is_refused_with_a_word(town: Town, typed: dict[str, str], origin: str | None) -> None:
    headers = {"host": town.host} | ({"origin": origin} if origin else {})
    response = Client(enforce_csrf_checks=True, headers=headers).post("/melden/", typed)
    assert response.status_code == 403
    assert b"<h1" in response.content
    assert typed["text"] not in response.text


@pytest.mark.parametrize("step", ["what", "where", "check"])
@pytest.mark.parametrize("said", [{"origin": "http://stad.example"}, {"referer": "http://stad.example/melden/"}])
def test_who_had_the_form_open_for_too_long_gets_it_again_and_sends_it(
    town: Town, typed: dict[str, str], step: str, said: dict[str, str]
) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": town.host} | said)
    page = client.post("/melden/", typed | {"step": step, "csrfmiddlewaretoken": "x" * 64})
    fields = soup(page).select("#melding input[type=hidden]")
    again = {field["name"]: field.get("value", "") for field in fields}
    assert (page.status_code, again["step"], bool(soup(page).find(id="opnieuw"))) == (403, step, True)
    assert typed["text"] in page.text
    assert not Melding.objects.exists()
    assert client.post("/melden/", typed | again | {"step": "check"}).status_code == 302


def test_nothing_is_promised_about_a_form_that_is_not_kept(town: Town) -> None:
    page = Client(enforce_csrf_checks=True, headers={"host": town.host}).post("/taal/", {"language": "en"})
    assert "staat er nog" not in page.text


@override_settings(DEBUG=False)
def test_error_pages_have_the_looks_of_the_municipality(resident: Client, town: Town) -> None:
    assert town.municipality.name in resident.get("/bestaat-niet").content.decode()


@pytest.mark.parametrize("path", ["/api/v1/bestaat-niet", "/api/", "/api/v1/meldingen/", "/data/api/v1/bestaat-niet"])
def test_a_program_reads_as_a_problem_that_an_address_does_not_exist(resident: Client, path: Any) -> None:
    response = resident.get(path)
    assert problem_of(response)["status"] == 404


@pytest.mark.parametrize("where", [(areas, "buurten"), (middleware, "municipality_of")])
@pytest.mark.parametrize(("error", "status"), [(SuspiciousOperation, 400), (KeyError, 500), (OperationalError, 503)])
def test_a_program_reads_every_error_as_a_problem(
    resident: Client, monkeypatch: pytest.MonkeyPatch, where: Any, error: type, status: int
) -> None:
    def fail(*args: Any) -> None:
        raise error

    module, name = where
    monkeypatch.setattr(module, name, fail)
    resident.raise_request_exception = False
    response = resident.get("/api/v1/buurten")
    assert problem_of(response)["status"] == status
    assert response.get("Retry-After") == ("60" if status == 503 else None)


def test_a_colleague_reads_what_to_do_when_a_role_does_not_allow_it(reader: Client, town: Town) -> None:
    response = reader.get("/beheer/tenancy/team/add/")
    page = soup(response)
    assert (response.status_code, sure(page.h1).text) == (403, "Uw rol laat dit niet toe")
    assert page.select_one('.staff-nav a[href="/beheer/"]')
    assert "beheerder" in sure(page.select_one("p.lead")).text


@pytest.mark.parametrize("path", ["meldingen/melding/999/change/", "meldingen/melding/x/change/", "bestaat-niet/"])
def test_a_colleague_reads_among_their_own_pages_that_something_is_not_here(reader: Client, path: str) -> None:
    response = reader.get(f"/beheer/{path}")
    assert (response.status_code, sure(soup(response).h1).text) == (404, "Dit is hier niet")


def test_who_may_not_see_a_page_elsewhere_reads_where_to_start(town: Town) -> None:
    request: Any = RequestFactory().get("/data/")
    request.municipality = town.municipality
    response = forbidden(request, PermissionDenied())
    assert (response.status_code, b'href="/"' in response.content) == (403, True)
