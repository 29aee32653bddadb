"""Teams and colleagues, as a manager changes them and nobody else."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.staffsite.colleagues import MembershipAdmin
from meldingen.tenancy.models import Membership, Team
from tests.factories import Town
from tests.sure import sure

TENANCY = "/beheer/tenancy/"


def test_a_new_team_belongs_to_the_municipality_of_the_host(manager: Client, town: Town) -> None:
    manager.post(f"{TENANCY}team/add/", {"name": "Groen", "slug": "groen", "municipality": "999"})
    assert Team.objects.get(slug="groen").municipality == town.municipality


def test_a_name_is_stored_and_searched_in_one_spelling(manager: Client, town: Town) -> None:
    manager.post(f"{TENANCY}team/add/", {"name": "Cafe\u0301s", "slug": "cafes"})
    assert Team.objects.get(slug="cafes").name == "Caf\u00e9s"
    found = manager.get(f"{TENANCY}team/", {"q": "cafe\u0301s"}).context["cl"].result_list
    assert [team.slug for team in found] == ["cafes"]


def test_a_colleague_is_invited_and_not_typed_in(manager: Client) -> None:
    assert manager.get(f"{TENANCY}membership/add/").status_code == 403
    assert "/beheer/collegas/uitnodigen/" in manager.get(f"{TENANCY}membership/").text


def test_who_leaves_loses_every_access(manager: Client, town: Town) -> None:
    gone = Membership.objects.get(user=town.member())
    assert manager.post(f"{TENANCY}membership/{gone.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Membership.objects.filter(pk=gone.pk).exists()


def test_nobody_takes_their_own_access_away(manager: Client, town: Town) -> None:
    own = Membership.objects.get(municipality=town.municipality, role="manager")
    assert manager.post(f"{TENANCY}membership/{own.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_only_manager_cannot_become_a_reader(manager: Client, town: Town) -> None:
    own = Membership.objects.get(municipality=town.municipality, role="manager")
    address = f"{TENANCY}membership/{own.pk}/change/"
    assert "enige beheerder" in manager.post(address, {"role": "reader"}).text
    town.member("manager")
    assert manager.post(address, {"role": "reader"}).status_code == 302


def test_two_managers_cannot_both_be_deleted(manager: Client, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Membership.objects.get(user=town.member("manager"))
    Membership.objects.filter(municipality=town.municipality).exclude(pk=other.pk).update(role="reader")
    monkeypatch.setattr(MembershipAdmin, "has_delete_permission", lambda *_args: True)  # as it was when it was asked
    page = manager.post(f"{TENANCY}membership/{other.pk}/delete/", {"post": "yes"})
    assert "enige beheerder" in page.text
    assert Membership.objects.filter(pk=other.pk).exists()


def test_what_is_wrong_with_a_code_is_said_under_the_name_that_it_has_here(manager: Client) -> None:
    page = manager.post(f"{TENANCY}team/add/", {"name": "Groen", "slug": "gro en"}).text
    assert "in een code alleen letters" in page
    assert "slug" not in sure(BeautifulSoup(page, "html.parser").select_one(".errorlist")).text


def test_what_was_saved_is_said_without_an_article(manager: Client, town: Town) -> None:
    page = manager.post(f"{TENANCY}team/add/", {"name": "Groen", "slug": "groen"}, follow=True)
    said = sure(BeautifulSoup(page.text, "html.parser").select_one(".messagelist")).text.strip()
    assert said == "Toegevoegd: team “Groen”."
