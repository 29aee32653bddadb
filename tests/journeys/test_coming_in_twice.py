"""Two browsers at the same moment, each in a transaction of its own: a link and a code let one of them in."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from meldingen.accounts import invitations, second_factor
from meldingen.accounts.invitations import NewAccount, Rights
from meldingen.refusals import Refused
from meldingen.tenancy.models import Membership
from tests.codes import telephone, with_code
from tests.factories import PASSWORD, Town


def both(act: Callable[[int], Any]) -> list[Any]:
    """What each of two gets who do this at once."""
    start = Barrier(2)

    def one(number: int) -> Any:
        try:
            start.wait(timeout=20)
            return act(number)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, range(2)))


def test_an_invitation_makes_one_colleague(transactional_db: None) -> None:
    town = Town()
    made = invitations.invite(town.municipality, "nel@example.org", Rights("triage"), town.member("manager"))
    results = both(lambda number: invitations.accept_as_new(made, NewAccount(f"nel-{number}", PASSWORD)).username)
    assert "used" in results
    assert Membership.objects.filter(user__username__startswith="nel-").count() == 1


def test_a_code_lets_one_in(transactional_db: None) -> None:
    town = Town()
    user = town.member()
    with_code(user, town.municipality)
    code = telephone(user)
    results = both(lambda _number: second_factor.check(user, town.municipality, code))
    assert sorted(map(bool, results)) == [False, True]
