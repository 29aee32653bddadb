"""An invitation is accepted once, within a week, and tells nobody who has an account."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from meldingen.accounts import invitations
from meldingen.accounts.invitations import NewAccount, Rights
from meldingen.accounts.links import token_of
from meldingen.refusals import Refused
from meldingen.tenancy.models import AuditEntry, Invitation, Membership, User
from tests.factories import PASSWORD, Town

NEL = NewAccount("nel@example.org", PASSWORD, "Nel", "Bos")


def invited(town: Town, email: str = "nel@example.org", **rights: Any) -> Invitation:
    teams = tuple(team.pk for team in rights.pop("teams", ()))
    return invitations.invite(
        town.municipality, email, Rights(rights.pop("role", "triage"), teams=teams, **rights), town.member("manager")
    )


def test_it_is_mailed_after_the_commit(
    town: Town, published: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invitation = invited(town)
    assert published == [("send_invitation", (invitation.pk,))]


def test_who_has_the_link_becomes_a_colleague_with_those_rights(town: Town) -> None:
    invitation = invited(town, role="handler", teams=[town.roads], is_data_steward=True)
    user = invitations.accept_as_new(invitation, NEL)
    made = Membership.objects.get(user=user)
    assert (made.municipality, made.role, made.is_data_steward) == (town.municipality, "handler", True)
    assert list(made.teams.all()) == [town.roads]
    assert (user.email, user.check_password(PASSWORD)) == ("nel@example.org", True)


def test_it_is_found_by_its_link_and_the_link_is_not_in_the_database(town: Town, neighbour: Town) -> None:
    invitation = invited(town)
    token = token_of(invitation)
    assert invitations.find(town.municipality, token) == invitation
    assert invitations.find(neighbour.municipality, token) is None
    assert token not in str(Invitation.objects.values().get())


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "../" * 20, "é" * 43])
def test_another_link_finds_nothing(town: Town, token: str) -> None:
    invited(town)
    assert invitations.find(town.municipality, token) is None


def test_used_twice_is_refused_and_makes_nobody(town: Town) -> None:
    invitation = invited(town)
    invitations.accept_as_new(invitation, NEL)
    with pytest.raises(Refused, match="used"):
        invitations.accept_as_new(invitation, NewAccount("ander", PASSWORD))
    assert not User.objects.filter(username="ander").exists()


def test_after_seven_days_it_is_too_old(town: Town) -> None:
    invitation = invited(town)
    assert timedelta(days=6, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=7)
    Invitation.objects.update(expires_at=timezone.now())
    with pytest.raises(Refused, match="used"):
        invitations.accept_as_new(invitation, NEL)


def test_sent_again_the_link_before_does_not_work(town: Town) -> None:
    invitation = invited(town)
    token = token_of(invitation)
    invitations.resend(invitation)
    assert invitations.find(town.municipality, token) is None
    with pytest.raises(Refused, match="used"):
        invitations.accept_as_new(invitation, NEL)


def test_withdrawn_it_works_no_more_and_its_address_is_gone(town: Town) -> None:
    invitation = invited(town)
    invitations.withdraw(invitation, town.member("manager"))
    with pytest.raises(Refused, match="used"):
        invitations.accept_as_new(invitation, NEL)
    with pytest.raises(Refused, match="not_open"):
        invitations.resend(invitation)
    assert Invitation.objects.get().email == ""
    assert AuditEntry.objects.latest("pk").kind == "withdrawn"


def test_of_two_for_one_address_the_newest_counts(town: Town) -> None:
    first, second = invited(town), invited(town, "NEL@example.org")
    assert [row.pk for row in invitations.open_in(town.municipality)] == [second.pk]
    with pytest.raises(Refused, match="used"):
        invitations.accept_as_new(first, NEL)


def test_a_name_that_is_in_use_is_refused_and_the_link_goes_on(town: Town, neighbour: Town) -> None:
    taken, invitation = neighbour.member(), invited(town)
    with pytest.raises(Refused, match="name_in_use"):
        invitations.accept_as_new(invitation, NewAccount(taken.username.upper(), PASSWORD))
    assert invitations.accept_as_new(invitation, NEL)


def test_an_account_of_another_municipality_is_kept_as_it_is(town: Town, neighbour: Town) -> None:
    theirs = neighbour.member()
    invitations.accept_as(invited(town, role="reader"), theirs)
    roles = dict(Membership.objects.filter(user=theirs).values_list("municipality", "role"))
    assert roles == {neighbour.municipality.pk: "triage", town.municipality.pk: "reader"}
    theirs.refresh_from_db()
    assert (theirs.email, theirs.check_password(PASSWORD)) == ("nel@example.org", True)


def test_who_works_here_already_keeps_their_rights(town: Town) -> None:
    ours = town.member("reader")
    with pytest.raises(Refused, match="works_here"):
        invitations.accept_as(invited(town, role="manager"), ours)
    assert Membership.objects.get(user=ours).role == "reader"


def test_a_team_that_is_gone_or_of_another_is_left_out(town: Town, neighbour: Town) -> None:
    user = invitations.accept_as_new(invited(town, teams=[town.roads, neighbour.roads]), NEL)
    assert list(Membership.objects.get(user=user).teams.all()) == [town.roads]


def test_who_invited_and_to_what_is_kept_without_the_address(town: Town) -> None:
    invitations.accept_as_new(invited(town, role="reader"), NEL)
    lines = list(AuditEntry.objects.order_by("pk"))
    assert [line.kind for line in lines] == ["invited", "rights_given"]
    assert all(line.codes["role"] == "reader" for line in lines)
    assert "nel" not in str([(line.target, line.codes) for line in lines])
