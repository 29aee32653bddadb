"""Codes beside a password: once each, from a clock that is a little off, or from paper."""

import pytest
from pytest_django import Settings

from meldingen.accounts import second_factor
from meldingen.accounts.second_factor import Way
from meldingen.refusals import Refused
from meldingen.tenancy.models import AuditEntry, RecoveryCode, SecondFactor, User
from tests.codes import code_of, telephone, with_code
from tests.factories import Town


@pytest.fixture
def colleague(town: Town) -> User:
    return town.member()


def test_it_is_on_after_the_first_right_code(town: Town, colleague: User) -> None:
    key = second_factor.key_of(second_factor.begin(colleague))
    with pytest.raises(Refused, match="wrong_code"):
        second_factor.confirm(colleague, town.municipality, "000000x")
    assert not second_factor.is_on(colleague)
    codes = second_factor.confirm(colleague, town.municipality, code_of(key))
    assert (second_factor.is_on(colleague), len(set(codes))) == (True, 10)
    assert AuditEntry.objects.get().kind == "factor_on"


def test_the_key_stays_the_same_until_it_is_confirmed_and_is_not_in_the_database(colleague: User) -> None:
    key = second_factor.key_of(second_factor.begin(colleague))
    assert second_factor.key_of(second_factor.begin(colleague)) == key
    assert key not in SecondFactor.objects.get().seal


def test_an_app_reads_issuer_account_and_key(colleague: User) -> None:
    factor = second_factor.begin(colleague)
    address = second_factor.address_of(factor, "Gemeente: Stad & Land")
    assert address.startswith(f"otpauth://totp/Gemeente%20%20Stad%20%26%20Land%3A{colleague.username}?")
    assert f"secret={second_factor.key_of(factor)}" in address


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_one_step_off(town: Town, colleague: User, steps: int) -> None:
    with_code(colleague, town.municipality)
    assert second_factor.check(colleague, town.municipality, telephone(colleague, steps)) is Way.TELEPHONE


@pytest.mark.parametrize("steps", [-3, 3])
def test_and_no_more_than_that(town: Town, colleague: User, steps: int) -> None:
    with_code(colleague, town.municipality)
    assert second_factor.check(colleague, town.municipality, telephone(colleague, steps)) is None


def test_a_code_that_was_used_is_refused_and_so_is_an_older_one(town: Town, colleague: User) -> None:
    with_code(colleague, town.municipality)
    code, older = telephone(colleague), telephone(colleague, -1)
    assert second_factor.check(colleague, town.municipality, code)
    assert not second_factor.check(colleague, town.municipality, code)
    assert not second_factor.check(colleague, town.municipality, older)


def test_the_code_by_which_it_was_set_up_is_used(town: Town, colleague: User) -> None:
    key = second_factor.key_of(second_factor.begin(colleague))
    code = code_of(key)
    second_factor.confirm(colleague, town.municipality, code)
    assert not second_factor.check(colleague, town.municipality, code)


def test_a_code_on_paper_works_once_in_any_spelling(town: Town, colleague: User) -> None:
    first, *_others = with_code(colleague, town.municipality)
    typed = first.lower().replace("-", " ")
    assert second_factor.check(colleague, town.municipality, typed) is Way.PAPER
    assert second_factor.check(colleague, town.municipality, first) is None
    assert second_factor.codes_left(colleague) == 9
    assert AuditEntry.objects.latest("pk").codes == {"left": 9}


def test_codes_on_paper_are_kept_as_hashes_and_of_one_person(town: Town, colleague: User) -> None:
    codes = with_code(colleague, town.municipality)
    other = town.member()
    with_code(other, town.municipality)
    kept = " ".join(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert not any(code.replace("-", "") in kept for code in codes)
    assert second_factor.check(other, town.municipality, codes[0]) is None


@pytest.mark.parametrize("code", ["", " ", "12345", "1234567", "１２３４５６", "abcdef", "'--", "0" * 40])
def test_nothing_else_is_a_code(town: Town, colleague: User, code: str) -> None:
    with_code(colleague, town.municipality)
    assert second_factor.check(colleague, town.municipality, code) is None


def test_who_uses_none_has_no_right_code(town: Town, colleague: User) -> None:
    second_factor.begin(colleague)
    assert second_factor.check(colleague, town.municipality, telephone(colleague)) is None


def test_other_codes_on_paper_take_the_place_of_those_before(town: Town, colleague: User) -> None:
    old = with_code(colleague, town.municipality)
    second_factor.new_codes(colleague)
    assert second_factor.check(colleague, town.municipality, old[0]) is None


def test_who_takes_it_away_is_kept(town: Town, colleague: User) -> None:
    manager = town.member("manager")
    for by, kind in ((colleague, "factor_off"), (manager, "factor_reset")):
        with_code(colleague, town.municipality)
        second_factor.remove(colleague, town.municipality, by)
        line = AuditEntry.objects.latest("pk")
        assert (line.kind, line.actor, line.target) == (kind, by, f"user:{colleague.pk}")
    assert not second_factor.is_on(colleague)
    assert second_factor.codes_left(colleague) == 0


def test_a_municipality_asks_it_of_all_and_the_deployment_of_operators(town: Town, settings: Settings) -> None:
    colleague, operator = town.member(), town.member(user__is_superuser=True)
    assert not second_factor.is_required(colleague, town.municipality)
    assert second_factor.is_required(operator, town.municipality)
    settings.OPERATORS_NEED_CODE = False
    assert not second_factor.is_required(operator, town.municipality)
    town.municipality.requires_code = True
    assert second_factor.is_required(colleague, town.municipality)
