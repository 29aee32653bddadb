import pytest
from django.apps import apps
from django.test import Client

from meldingen.models import Melding
from meldingen.tenancy.admin import ScopedAdmin
from meldingen.tenancy.site import OWN_APPS, site
from tests.factories import PASSWORD


def log_in(town, user, password=PASSWORD):
    client = Client(headers={"host": town.host})
    return client.post("/beheer/login/?next=/beheer/", {"username": user.username, "password": password})


@pytest.mark.parametrize("role", ["reader", "triage", "manager"])
def test_a_member_logs_in(town, role):
    response = log_in(town, town.member(role))
    assert (response.status_code, response.url) == (302, "/beheer/")


def test_who_is_no_member_here_hears_what_a_wrong_password_hears(town, neighbour):
    stranger = log_in(town, neighbour.member("manager"))
    wrong = log_in(town, town.member(), "onjuist")
    words = [str(answer.context["form"].non_field_errors()) for answer in (stranger, wrong)]
    assert words[0] == words[1]
    assert "toegang" in words[0]


def test_every_admin_is_scoped_and_of_our_own_apps():
    assert {model._meta.app_label for model in site._registry} <= set(OWN_APPS)
    assert [model for model, each in site._registry.items() if not isinstance(each, ScopedAdmin)] == []


def test_the_admins_of_others_are_on_no_address(town):
    client = Client(headers={"host": town.host})
    client.force_login(town.member("manager", user__is_superuser=True))
    assert client.get("/beheer/auth/group/").status_code == 404
    assert client.get("/beheer/meldingen/user/").status_code == 404


def test_the_overview_names_nothing_that_others_did(town, neighbour):
    client = Client(headers={"host": town.host})
    client.force_login(town.member("manager"))
    page = client.get("/beheer/").content.decode()
    assert town.municipality.name in page
    assert "recent-actions" not in page


def test_every_model_of_the_registry_belongs_to_a_municipality():
    assert Melding in site._registry
    assert all(site._registry[model].municipality_path in {"municipality", "pk"} for model in site._registry)
    assert all(apps.get_model(model._meta.label) is model for model in site._registry)
