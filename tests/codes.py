"""What an app on a telephone shows: codes of a secret, now or some steps from now."""

import time
from base64 import b32decode

from django_otp.oath import TOTP

from meldingen.accounts import second_factor
from meldingen.tenancy.models import Municipality, SecondFactor, User


def code_of(key: str, steps: int = 0) -> str:
    """The six digits for a key as it stands on the page."""
    clock = TOTP(b32decode(key.replace(" ", "")), second_factor.STEP_SECONDS, digits=second_factor.DIGITS)
    clock.time = time.time() + steps * second_factor.STEP_SECONDS
    return f"{clock.token():06d}"


def with_code(user: User, where: Municipality) -> list[str]:
    """A colleague who uses a code: their codes on paper. The code of now may be used again."""
    key = second_factor.key_of(second_factor.begin(user))
    codes = second_factor.confirm(user, where, code_of(key))
    SecondFactor.objects.filter(user=user).update(last_step=-1)
    return codes


def telephone(user: User, steps: int = 0) -> str:
    """What the colleague's telephone shows."""
    return code_of(second_factor.key_of(SecondFactor.objects.get(user=user)), steps)
