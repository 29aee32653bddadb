import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.test import Client
from pytest_django import Settings

from meldingen.record.models import Melding
from meldingen.staffsite.admin import ScopedAdmin
from meldingen.staffsite.site import site
from meldingen.tenancy.models.user import User
from tests.factories import PASSWORD, Town


def log_in(town: Town, user: User, password: str = PASSWORD) -> Any:
    client = Client(headers={"host": town.host})
    return client.post("/beheer/login/?next=/beheer/", {"username": user.username, "password": password})


@pytest.mark.parametrize("role", ["reader", "triage", "manager"])
def test_a_member_logs_in(town: Town, role: str) -> None:
    response = log_in(town, town.member(role))
    assert (response.status_code, response.url) == (302, "/beheer/")


def test_who_is_no_member_here_hears_what_a_wrong_password_hears(town: Town, neighbour: Town) -> None:
    stranger = log_in(town, neighbour.member("manager"))
    wrong = log_in(town, town.member(), "onjuist")
    words = [str(answer.context["form"].non_field_errors()) for answer in (stranger, wrong)]
    assert words[0] == words[1]
    assert "toegang" in words[0]


def test_who_guesses_too_often_is_told_what_to_do_and_not_let_in(
    town: Town, limited: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    limited(login="2/hour")
    colleague = town.member()
    for _number in range(2):
        assert log_in(town, colleague, "geraden").status_code == 200
    locked = log_in(town, colleague)
    assert (locked.status_code, 0 < int(locked["Retry-After"]) <= 7200) == (429, True)
    assert "Vraag per mail een nieuw aan" in locked.text
    assert re.search(r"Wacht \d+ minuten", locked.text)
    assert "_auth_user_id" not in locked.client.session
    assert colleague.username not in caplog.text


def test_a_locked_page_is_the_same_for_an_account_that_does_not_exist(town: Town, limited: Callable[..., Any]) -> None:
    limited(login="1/hour")
    pages = []
    for name in (town.member().username, "bestaat-niet"):
        client = Client(headers={"host": town.host})
        said = {"username": name, "password": "geraden"}
        client.post("/beheer/login/", said)
        pages.append(client.post("/beheer/login/", said))
    assert [page.status_code for page in pages] == [429, 429]
    words = [re.sub(r"\d+", "n", str(page.context["form"].non_field_errors())) for page in pages]
    assert words[0] == words[1]


def test_the_right_password_at_the_wrong_town_counts_as_a_guess(
    town: Town, neighbour: Town, limited: Callable[..., Any]
) -> None:
    limited(login="2/hour")
    colleague = neighbour.member("manager")
    for _number in range(2):
        log_in(town, colleague)
    assert log_in(town, colleague).status_code == 429


def test_a_superuser_logs_in_where_strangers_guess_at_the_account(
    town: Town, limited: Callable[..., Any], settings: Settings
) -> None:
    limited(login_account="2/hour")
    settings.OPERATORS_NEED_CODE = False
    chief = town.member("manager", user__is_superuser=True)
    assert log_in(town, chief).status_code == 302
    for number in range(3):
        stranger = Client(headers={"host": town.host}, REMOTE_ADDR=f"198.51.100.{number}")
        stranger.post("/beheer/login/", {"username": chief.username, "password": "geraden"})
    assert log_in(town, chief).status_code == 302
    elsewhere = Client(headers={"host": town.host}, REMOTE_ADDR="198.51.100.9")
    assert elsewhere.post("/beheer/login/", {"username": chief.username, "password": PASSWORD}).status_code == 429


def test_every_admin_is_scoped_and_of_our_own_apps() -> None:
    assert {model._meta.app_label for model in site._registry} <= {"meldingen", "tenancy", "analytics", "opendata"}
    assert [model for model, each in site._registry.items() if not isinstance(each, ScopedAdmin)] == []


def test_the_admins_of_others_are_on_no_address(town: Town) -> None:
    client = Client(headers={"host": town.host})
    client.force_login(town.member("manager", user__is_superuser=True))
    assert client.get("/beheer/auth/group/").status_code == 404
    assert client.get("/beheer/tenancy/user/").status_code == 404


def test_the_overview_names_nothing_that_others_did(town: Town, neighbour: Town) -> None:
    client = Client(headers={"host": town.host})
    client.force_login(town.member("manager"))
    page = client.get("/beheer/instellingen/").content.decode()
    assert town.municipality.name in page
    assert "recent-actions" not in page


def test_the_overview_has_each_page_in_a_chapter_with_what_it_is_for(town: Town) -> None:
    admins: Any = site._registry
    assert [model for model, each in admins.items() if not (each.purpose and each.chapter[1] < 99)] == []
    client = Client(headers={"host": town.host})
    client.force_login(town.member("manager"))
    page = BeautifulSoup(client.get("/beheer/instellingen/").text, "html.parser")
    assert [str(each.get_text()) for each in page.select(".chapters h2")][:2] == [
        "Wat binnenkomt, en waar het heen gaat",
        "Wat wij vragen en antwoorden",
    ]


def test_every_model_of_the_registry_belongs_to_a_municipality() -> None:
    assert Melding in site._registry
    paths = {getattr(admin, "municipality_path", None) for admin in site._registry.values()}
    assert paths <= {"municipality", "pk"}
    assert all(apps.get_model(model._meta.label) is model for model in site._registry)
