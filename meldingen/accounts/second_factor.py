"""Codes beside a password: from an app on a telephone (RFC 6238), or from paper for who lost it."""

import base64
import secrets
import time
from enum import StrEnum
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django_otp.oath import TOTP

from meldingen.accounts import sealing
from meldingen.refusals import Refused
from meldingen.tenancy import auditing
from meldingen.tenancy.models import Municipality, RecoveryCode, SecondFactor, User

STEP_SECONDS = 30
DIGITS = 6
TOLERANCE = 1  # steps that a clock may be off
CODES_ON_PAPER = 10
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look like another
_LENGTH = 10


class Way(StrEnum):
    """By what somebody showed that it is them."""

    TELEPHONE = "telephone"
    PAPER = "paper"


def is_on(user: User) -> bool:
    """Whether this colleague is asked for a code."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def is_required(user: User, where: Municipality) -> bool:
    """Whether this colleague cannot come in here without a code."""
    return where.requires_code or (user.is_superuser and settings.OPERATORS_NEED_CODE)


def begin(user: User) -> SecondFactor:
    """The secret that is being set up; one that was begun before goes on. Refused where codes are asked already."""
    new = {"seal": sealing.seal(secrets.token_bytes(20))}
    factor, _is_new = SecondFactor.objects.get_or_create(user=user, defaults=new)
    if factor.confirmed_at:
        raise Refused("has_code", _("You use a code already. Turn it off first to set it up anew."))
    if sealing.unseal(factor.seal) is None:
        factor.seal = new["seal"]
        factor.save(update_fields=["seal"])
    return factor


def key_of(factor: SecondFactor) -> str:
    """The secret as people type it into an app."""
    return base64.b32encode(sealing.unseal(factor.seal) or b"").decode()


def address_of(factor: SecondFactor, issuer: str) -> str:
    """The same as apps read it from a QR code; `issuer` is the name under which they show it."""
    label = quote(f"{issuer.replace(':', ' ')}:{factor.user.get_username()}")
    values = {"secret": key_of(factor), "issuer": issuer.replace(":", " "), "digits": DIGITS, "period": STEP_SECONDS}
    return f"otpauth://totp/{label}?{urlencode(values, quote_via=quote)}"


@transaction.atomic
def confirm(user: User, where: Municipality, code: str) -> list[str]:
    """From now on codes are asked: the codes for paper, shown once. Refused when this is not the code of the app."""
    factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=True).first()
    if factor is None or not _fits(factor, code):
        raise Refused("wrong_code", _("This is not the code of now. Wait for the next one and type that."), "code")
    factor.confirmed_at = timezone.now()
    factor.save(update_fields=["confirmed_at", "last_step"])
    auditing.keep(where, auditing.Kind.FACTOR_ON, user, f"user:{user.pk}")
    return new_codes(user)


@transaction.atomic
def new_codes(user: User) -> list[str]:
    """Ten codes for paper in the place of those before; what they are is kept nowhere."""
    codes = ["".join(secrets.choice(_LETTERS) for _letter in range(_LENGTH)) for _code in range(CODES_ON_PAPER)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, code_hash=_hash(user, code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def codes_left(user: User) -> int:
    """How many codes on paper were not used."""
    return RecoveryCode.objects.filter(user=user).count()


@transaction.atomic
def check(user: User, where: Municipality, code: str) -> Way | None:
    """By what this code is right, once: no code is right twice, whoever tries it at the same moment. None for a wrong
    one.
    """
    factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if factor is None:
        return None
    if _fits(factor, code):
        factor.save(update_fields=["last_step"])
        return Way.TELEPHONE
    letters = "".join(sign for sign in code.upper() if sign.isalnum())
    number, _rows = RecoveryCode.objects.filter(user=user, code_hash=_hash(user, letters)).delete()
    if len(letters) != _LENGTH or not number:
        return None
    auditing.keep(where, auditing.Kind.RECOVERY_USED, user, f"user:{user.pk}", {"left": codes_left(user)})
    return Way.PAPER


@transaction.atomic
def remove(user: User, where: Municipality, by: User) -> None:
    """Codes are not asked any more: the colleague turned it off, or a manager helps who is locked out."""
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    kind = auditing.Kind.FACTOR_OFF if by == user else auditing.Kind.FACTOR_RESET
    auditing.keep(where, kind, by, f"user:{user.pk}")


def _fits(factor: SecondFactor, code: str) -> bool:
    """Whether it is the code of now, or of one step before or after; `last_step` is set when it is."""
    digits, key = "".join(code.split()), sealing.unseal(factor.seal)
    if key is None or len(digits) != DIGITS or not (digits.isascii() and digits.isdecimal()):
        return False
    clock = TOTP(key, STEP_SECONDS, digits=DIGITS)
    clock.time = time.time()
    if not clock.verify(int(digits), TOLERANCE, factor.last_step + 1):
        return False
    factor.last_step = clock.t()
    return True


def _hash(user: User, letters: str) -> str:
    return salted_hmac("meldingen.recovery", f"{user.pk}:{letters}", algorithm="sha256").hexdigest()
