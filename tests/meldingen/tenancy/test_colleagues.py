"""The first colleague of a municipality."""

import pytest
from django.core.management import CommandError, call_command

from meldingen.tenancy import colleagues
from meldingen.tenancy.models import Membership, User
from tests.factories import Town


def test_the_first_manager_logs_in_with_the_password_that_is_shown(town: Town) -> None:
    _role, password = colleagues.add(town.municipality, "opzet", Membership.Role.MANAGER)
    user = User.objects.get(username="opzet")
    assert password
    assert user.check_password(password)
    assert user.memberships.get().role == Membership.Role.MANAGER


def test_an_account_that_exists_keeps_its_password_and_gets_the_role(town: Town, neighbour: Town) -> None:
    colleagues.add(town.municipality, "opzet", Membership.Role.MANAGER)
    before = User.objects.get(username="opzet").password
    assert colleagues.add(neighbour.municipality, "opzet", Membership.Role.READER) == ("reader", None)
    assert User.objects.get(username="opzet").password == before
    assert Membership.objects.filter(user__username="opzet").count() == 2


def test_the_command_prints_the_password_once(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    for _time in range(2):
        call_command("add_colleague", town.municipality.code, "opzet")
    said = capsys.readouterr().out
    assert said.count("Eerste wachtwoord") == 1
    assert "stond er al" in said


def test_who_is_a_reader_stays_one_when_no_role_is_said(town: Town) -> None:
    colleagues.add(town.municipality, "opzet", Membership.Role.READER)
    assert colleagues.add(town.municipality, "opzet", None) == ("reader", None)


def test_a_name_that_is_none_is_refused(town: Town) -> None:
    with pytest.raises(CommandError, match="gebruikersnaam"):
        call_command("add_colleague", town.municipality.code, "op zet!")


def test_the_only_manager_who_can_log_in_stays_one(town: Town) -> None:
    town.member(Membership.Role.MANAGER, user__is_active=False)
    colleagues.add(town.municipality, "opzet", Membership.Role.MANAGER)
    with pytest.raises(CommandError, match="enige beheerder"):
        call_command("add_colleague", town.municipality.code, "opzet", "--role", "reader")
    assert User.objects.get(username="opzet").memberships.get().role == Membership.Role.MANAGER
    colleagues.add(town.municipality, "tweede", Membership.Role.MANAGER)
    colleagues.add(town.municipality, "opzet", Membership.Role.READER)
    assert User.objects.get(username="opzet").memberships.get().role == Membership.Role.READER
