"""Teams and colleagues, as a manager changes them and nobody else."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.staffsite.colleagues import MembershipAdmin
from meldingen.tenancy.models import Membership, Team, User
from tests.factories import PASSWORD, Town
from tests.sure import sure

TENANCY = "/beheer/tenancy/"


def new_colleague(**values: str) -> dict[str, str]:
    return {"username": "nieuw", "first_name": "Nel", "password": "heel-lang-en-vreemd", "role": "triage"} | values


def test_a_new_team_belongs_to_the_municipality_of_the_host(manager: Client, town: Town) -> None:
    manager.post(f"{TENANCY}team/add/", {"name": "Groen", "slug": "groen", "municipality": "999"})
    assert Team.objects.get(slug="groen").municipality == town.municipality


def test_a_name_is_stored_and_searched_in_one_spelling(manager: Client, town: Town) -> None:
    manager.post(f"{TENANCY}team/add/", {"name": "Cafe\u0301s", "slug": "cafes"})
    assert Team.objects.get(slug="cafes").name == "Caf\u00e9s"
    found = manager.get(f"{TENANCY}team/", {"q": "cafe\u0301s"}).context["cl"].result_list
    assert [team.slug for team in found] == ["cafes"]


def test_a_password_is_kept_as_it_was_typed(manager: Client, town: Town, client: Client) -> None:
    typed = "\ufb01etsen op de dijk"
    values = {"username": "sam", "password": typed, "role": "reader"}
    assert manager.post(f"{TENANCY}membership/add/", values).status_code == 302
    assert User.objects.get(username="sam").check_password(typed)


def test_a_new_colleague_gets_an_account_and_logs_in(manager: Client, town: Town, client: Client) -> None:
    assert manager.post(f"{TENANCY}membership/add/", new_colleague()).status_code == 302
    made = Membership.objects.get(user__username="nieuw")
    assert (made.municipality, made.role) == (town.municipality, "triage")
    login = {"username": "nieuw", "password": "heel-lang-en-vreemd"}
    assert client.post("/beheer/login/", login, headers={"host": town.host}).status_code == 302


def test_a_name_that_becomes_one_that_is_taken_is_refused(manager: Client) -> None:
    User.objects.create_user("fiets")
    assert manager.post(f"{TENANCY}membership/add/", new_colleague(username="ﬁets")).status_code == 200


@pytest.mark.parametrize("values", [{"password": "kort"}, {"username": "a b"}, {"role": "koning"}, {"username": ""}])
def test_a_colleague_that_cannot_be_is_refused_whole(manager: Client, values: dict[str, str]) -> None:
    before = User.objects.count()
    assert manager.post(f"{TENANCY}membership/add/", new_colleague(**values)).status_code == 200
    assert User.objects.count() == before


def test_an_account_of_the_neighbour_is_not_taken_over(manager: Client, neighbour: Town) -> None:
    theirs = neighbour.member()
    taken = manager.post(f"{TENANCY}membership/add/", new_colleague(username=theirs.username.upper()))
    assert taken.status_code == 200
    theirs.refresh_from_db()
    assert theirs.check_password(PASSWORD)
    assert Membership.objects.filter(user=theirs).count() == 1


def existing(name: str, **values: str) -> dict[str, str]:
    return {"username": name, "existing": "on", "role": "reader"} | values


def test_a_colleague_of_the_neighbour_is_added_by_exact_name_and_keeps_the_account(
    manager: Client, town: Town, neighbour: Town
) -> None:
    theirs = neighbour.member()
    assert manager.post(f"{TENANCY}membership/add/", existing(theirs.username)).status_code == 302
    theirs.refresh_from_db()
    assert theirs.check_password(PASSWORD)
    roles = dict(Membership.objects.filter(user=theirs).values_list("municipality", "role"))
    assert roles == {neighbour.municipality.pk: "triage", town.municipality.pk: "reader"}


@pytest.mark.parametrize("change", [str.upper, lambda name: name[:-1], lambda name: "", lambda name: name + "x"])
def test_nearly_the_name_of_an_account_is_refused(manager: Client, neighbour: Town, change: Any) -> None:
    name = neighbour.member().username
    assert manager.post(f"{TENANCY}membership/add/", existing(change(name))).status_code == 200
    assert Membership.objects.filter(user__username=name).count() == 1


@pytest.mark.parametrize("values", [{"password": "heel-lang-en-vreemd"}, {"first_name": "Anders"}])
def test_an_account_that_exists_is_not_changed(manager: Client, neighbour: Town, values: dict[str, str]) -> None:
    theirs = neighbour.member()
    assert manager.post(f"{TENANCY}membership/add/", existing(theirs.username, **values)).status_code == 200
    assert Membership.objects.filter(user=theirs).count() == 1


def test_a_colleague_is_added_once_and_a_superuser_never(manager: Client, town: Town) -> None:
    ours, boss = town.member(), User.objects.create_superuser("baas")
    for name in (ours.username, boss.username):
        refused = manager.post(f"{TENANCY}membership/add/", existing(name))
        assert refused.context["adminform"].form.has_error("username")
    assert Membership.objects.filter(user__in=(ours, boss)).count() == 1


def test_a_new_account_needs_a_password(manager: Client) -> None:
    refused = manager.post(f"{TENANCY}membership/add/", new_colleague(password=""))
    assert refused.context["adminform"].form.has_error("password")


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
