"""Guessing passwords is slowed, then locked out: by account and network, and by each of the two alone.

What is counted are names as they were typed, so nothing here tells whether an account exists. An account that strangers
are guessing at is still open to the networks from which somebody logged in to it before.
"""

from django.conf import settings

from meldingen.limits import counting
from meldingen.limits.counting import Counter, Mode, key_of
from meldingen.limits.rules import WIDE_FACTOR
from meldingen.limits.senders import Sender
from meldingen.tenancy.models import User

KNOWN_SECONDS = 30 * 86400


def wait_for(name: str, sender: Sender) -> float:
    """The seconds to wait before another password may be tried for this account from this network; 0 when at once."""
    account = _account(name)
    counters = [*_of_pair(account, sender), *_of_network(sender)]
    alone = _of_account(account)
    if alone and not any(counting.seconds_left(_key_of_known(account, sender))):
        counters += alone
    return counting.wait_for(counters, Mode.LOOK)


def count_failure(name: str, sender: Sender) -> None:
    """Count a password that was not right, or a colleague who has no role here."""
    account = _account(name)
    counting.wait_for([*_of_pair(account, sender), *_of_network(sender), *_of_account(account)], Mode.ALWAYS)


def forget_failures(name: str, sender: Sender) -> None:
    """Forget what was mistyped, and remember from where."""
    account = _account(name)
    if pair := _of_pair(account, sender):
        counting.forget(*(key for key, _rate in pair))
    if _of_account(account):
        counting.remember(_key_of_known(account, sender), KNOWN_SECONDS)


def _account(name: str) -> str:
    """The name with its password as stored: a new password begins anew."""
    password = User.objects.filter(username=name).values_list("password", flat=True).first()
    return f"{name.casefold()}\0{password or ''}"


def _key_of_known(account: str, sender: Sender) -> str:
    return key_of("known", account, sender.narrow)


def _of_pair(account: str, sender: Sender) -> list[Counter]:
    """The account from this network: some in a row, and then one now and then."""
    names = ("login_pace", "login")
    return [(key_of(name, account, sender.narrow), rate) for name in names if (rate := settings.LIMITS[name])]


def _of_network(sender: Sender) -> list[Counter]:
    """Any account from this network."""
    rate = settings.LIMITS["login_network"]
    if rate is None:
        return []
    networks = ((sender.narrow, rate), (sender.wide, rate.times(WIDE_FACTOR)))
    return [(key_of("login_network", network), most) for network, most in networks if network]


def _of_account(account: str) -> list[Counter]:
    """The account from any network."""
    rate = settings.LIMITS["login_account"]
    return [(key_of("login_account", account), rate)] if rate else []
