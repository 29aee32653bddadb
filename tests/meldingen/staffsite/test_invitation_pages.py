"""A manager invites with an address and a role; whoever has the link comes in with it once."""

from typing import Any

import pytest
from django.test import Client

from meldingen.accounts import invitations
from meldingen.accounts.links import token_of
from meldingen.tenancy.models import Invitation, Membership, User
from tests.codes import with_code
from tests.factories import PASSWORD, Town
from tests.staff import at

INVITE = "/beheer/collegas/uitnodigen/"
NEL = {"username": "nel@example.org", "first_name": "Nel", "last_name": "Bos", "password": "heel-lang-en-vreemd"}


@pytest.fixture
def browser(town: Town) -> Client:
    return Client(headers={"host": town.host})


def invited(manager: Client, **values: Any) -> str:
    """Invite somebody; the address of the link."""
    answer = manager.post(INVITE, {"email": "nel@example.org", "role": "triage"} | values)
    assert answer.status_code == 302
    return f"/beheer/uitnodiging/{token_of(Invitation.objects.latest('pk'))}"


def test_the_answer_is_the_same_whether_the_account_exists(manager: Client, neighbour: Town) -> None:
    neighbour.member(user__email="bestaat@example.org", user__username="bestaat@example.org")
    pages = []
    for address in ("bestaat@example.org", "nieuw@example.org"):
        pages.append(manager.post(INVITE, {"email": address, "role": "reader"}, follow=True).text)
        invitations.withdraw(Invitation.objects.latest("pk"), User.objects.latest("pk"))
    words = [page.split("<main")[1].split("csrfmiddlewaretoken")[0] for page in pages]
    assert words[0].replace("bestaat@", "nieuw@") == words[1]


def test_a_handler_needs_a_team_and_a_team_of_ours(manager: Client, town: Town, neighbour: Town) -> None:
    for teams in ([], [neighbour.roads.pk]):
        answer = manager.post(INVITE, {"email": "nel@example.org", "role": "handler", "teams": teams})
        assert answer.context["form"].has_error("teams")
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("values", [{"email": "geen-adres"}, {"email": ""}, {"role": "koning"}, {"role": ""}])
def test_an_invitation_that_cannot_be_is_refused(manager: Client, values: dict[str, str]) -> None:
    assert manager.post(INVITE, {"email": "nel@example.org", "role": "triage"} | values).status_code == 200
    assert not Invitation.objects.exists()


def test_opening_the_link_does_nothing_and_the_button_makes_a_colleague(
    manager: Client, town: Town, browser: Client
) -> None:
    link = invited(manager)
    page = browser.get(link)
    assert (page.status_code, page["Referrer-Policy"]) == (200, "same-origin")
    assert not User.objects.filter(username=NEL["username"]).exists()
    assert browser.post(link, NEL)["Location"] == "/beheer/"
    assert Membership.objects.get(user__username="nel@example.org").municipality == town.municipality
    assert browser.get("/beheer/account/").status_code == 200


def test_a_link_that_was_used_says_so_kindly_to_whoever_comes(manager: Client, town: Town, browser: Client) -> None:
    link = invited(manager)
    browser.post(link, NEL)
    for client in (browser, Client(headers={"host": town.host})):
        page = client.get(link)
        assert (page.status_code, "werkt niet meer" in page.text) == (410, True)
    assert "nel@" not in page.text
    assert Client(headers={"host": town.host}).post(link, NEL | {"username": "ander"}).status_code == 410
    assert not User.objects.filter(username="ander").exists()


@pytest.mark.parametrize("values", [{"password": "kort"}, {"username": "a b"}, {"first_name": ""}, {"username": ""}])
def test_what_is_wrong_is_said_and_the_link_goes_on(manager: Client, browser: Client, values: dict[str, str]) -> None:
    link = invited(manager)
    assert browser.post(link, NEL | values).status_code == 200
    assert browser.post(link, NEL).status_code == 302


def test_a_password_is_kept_as_it_was_typed_and_a_name_in_one_spelling(manager: Client, browser: Client) -> None:
    typed = "\ufb01etsen op de dijk"
    browser.post(invited(manager), NEL | {"password": typed, "last_name": "Cafe\u0301"})
    user = User.objects.get(username="nel@example.org")
    assert (user.check_password(typed), user.last_name) == (True, "Caf\u00e9")


def test_who_has_an_account_elsewhere_accepts_with_it(manager: Client, neighbour: Town, browser: Client) -> None:
    theirs, link = neighbour.member(), invited(manager, role="reader")
    own = {"own": "1", "own_username": theirs.username, "own_password": "onjuist"}
    assert browser.post(link, own).status_code == 200
    assert browser.post(link, own | {"own_password": PASSWORD}).status_code == 302
    assert Membership.objects.filter(user=theirs).count() == 2


def test_who_uses_a_code_is_asked_for_it_then_too(
    manager: Client, town: Town, neighbour: Town, browser: Client
) -> None:
    theirs = neighbour.member()
    with_code(theirs, neighbour.municipality)
    own = {"own": "1", "own_username": theirs.username, "own_password": PASSWORD}
    assert browser.post(invited(manager), own)["Location"] == "/beheer/login/code/"


def test_an_operator_becomes_no_colleague_that_way(manager: Client, browser: Client) -> None:
    boss = User.objects.create_superuser("baas", password=PASSWORD)
    own = {"own": "1", "own_username": "baas", "own_password": PASSWORD}
    assert browser.post(invited(manager), own).status_code == 200
    assert not Membership.objects.filter(user=boss).exists()


def test_it_is_sent_again_and_withdrawn(manager: Client, browser: Client) -> None:
    link = invited(manager)
    address = f"/beheer/collegas/uitnodiging/{Invitation.objects.get().pk}/"
    manager.post(address, {"resend": "1"})
    assert browser.get(link).status_code == 410
    manager.post(address, {"withdraw": "1"}, follow=True)
    assert "nel@example.org" not in manager.get(INVITE).text
    assert "ingetrokken" in manager.post(address, {"resend": "1"}, follow=True).text


def test_only_a_manager_of_this_municipality(manager: Client, triager: Client, neighbour: Town) -> None:
    invited(manager)
    address = f"/beheer/collegas/uitnodiging/{Invitation.objects.get().pk}/"
    assert triager.get(INVITE).status_code == 403
    assert triager.post(address, {"withdraw": "1"}).status_code == 403
    assert at(neighbour, neighbour.member("manager")).post(address, {"withdraw": "1"}).status_code == 404
    assert "nel@" not in at(neighbour, neighbour.member("manager")).get(INVITE).text


def test_a_link_works_at_its_own_municipality_alone(manager: Client, neighbour: Town) -> None:
    assert Client(headers={"host": neighbour.host}).get(invited(manager)).status_code == 410


def test_each_role_says_what_it_does_and_none_is_wider_than_it_need_be_at_first(manager: Client, town: Town) -> None:
    page: Any = manager.get(INVITE)
    roles = page.context_data["form"]["role"]
    assert roles.value() == Membership.Role.HANDLER
    assert [value for value, _words in roles.field.choices] == list(Membership.Role)
    assert "Lezer (leest meldingen, niet wie ze stuurde)" in page.text
