"""A manager helps who cannot come in; an operator of the service they cannot touch."""

from django.test import Client

from meldingen.accounts import second_factor
from meldingen.tenancy.models import AuditEntry, Membership, StaffSession, User
from tests.codes import with_code
from tests.factories import PASSWORD, Town
from tests.staff import at


def address(user: User) -> str:
    return f"/beheer/collegas/{Membership.objects.get(user=user).pk}/hulp/"


def test_the_code_is_taken_away_and_that_is_kept(town: Town, manager: Client) -> None:
    user = town.member()
    with_code(user, town.municipality)
    assert "Haal de code weg" in manager.get(address(user)).text
    manager.post(address(user), {"code": "1"})
    assert not second_factor.is_on(user)
    line = AuditEntry.objects.latest("pk")
    assert (line.kind, line.target) == ("factor_reset", f"user:{user.pk}")


def test_their_sessions_are_ended(town: Town, manager: Client) -> None:
    user, client = town.member(), Client(headers={"host": town.host})
    client.post("/beheer/login/", {"username": user.username, "password": PASSWORD})
    manager.post(address(user), {"sessions": "1"})
    assert client.get("/beheer/account/").status_code == 302
    assert not StaffSession.objects.exists()


def test_nobody_else_helps_and_nobody_elsewhere(town: Town, neighbour: Town, manager: Client, triager: Client) -> None:
    user, operator = town.member(), town.member(user__is_superuser=True)
    assert triager.post(address(user), {"code": "1"}).status_code == 403
    assert manager.post(address(operator), {"code": "1"}).status_code == 404
    assert at(neighbour, neighbour.member("manager")).get(address(user)).status_code == 404
