from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from meldingen.notifications import allowance
from meldingen.notifications.models import Mailbox

ADDRESS = "slachtoffer@example.org"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A clock that a test moves on."""

    class Clock:
        moment = timezone.now()

        def on(self, **passed: Any) -> None:
            self.moment += timedelta(**passed)

    moving = Clock()
    monkeypatch.setattr(timezone, "now", lambda: moving.moment)
    return moving


def take(address: str = ADDRESS) -> bool:
    return allowance.take(allowance.lock(address))


def test_an_address_gets_three_mails_in_any_hour(db: None, clock: Any) -> None:
    assert [take() for _ in range(5)] == [True, True, True, False, False]
    clock.on(minutes=59)
    assert not take()
    clock.on(minutes=2)
    assert take()


def test_the_hour_moves_with_each_mail(db: None, clock: Any) -> None:
    for _ in range(3):
        assert take()
        clock.on(minutes=25)
    assert [take(), take()] == [True, False]


@pytest.mark.parametrize("spelt", ["Slachtoffer@Example.org", "slachtoffer+1@example.org"])
def test_spellings_share_it(db: None, spelt: Any) -> None:
    assert [take() for _ in range(3)] == [True, True, True]
    assert not take(spelt)
    assert take("ander@example.org")


def test_who_confirmed_gets_more(db: None) -> None:
    allowance.confirm(allowance.lock(ADDRESS))
    assert [take() for _ in range(21)] == [True] * 20 + [False]


def test_who_refused_gets_no_mail_on_its_own_for_a_month(db: None, clock: Any) -> None:
    allowance.confirm(allowance.lock(ADDRESS))
    allowance.refuse(allowance.lock(ADDRESS))
    assert not take()
    clock.on(days=31)
    assert take()


@pytest.mark.parametrize(("refused", "pause"), [(False, timedelta(hours=1)), (True, timedelta(days=1))])
def test_what_is_held_goes_out_after_five_minutes_and_then_with_pauses(
    db: None, clock: Any, refused: Any, pause: Any
) -> None:
    if refused:
        allowance.refuse(allowance.lock(ADDRESS))
    assert allowance.digest_from(allowance.lock(ADDRESS), clock.moment) == clock.moment + timedelta(minutes=5)
    allowance.take_digest(allowance.lock(ADDRESS))
    assert allowance.digest_from(allowance.lock(ADDRESS), clock.moment) == clock.moment + pause


def test_no_address_is_kept(db: None) -> None:
    take()
    (row,) = Mailbox.objects.values()
    assert ADDRESS.partition("@")[0] not in repr(row)


def test_what_is_not_used_is_forgotten(db: None, clock: Any) -> None:
    take()
    clock.on(days=29)
    take("ander@example.org")
    clock.on(days=2)
    allowance.forget()
    assert Mailbox.objects.count() == 1
