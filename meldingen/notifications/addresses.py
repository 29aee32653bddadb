"""E-mail addresses that we can send mail to, and what is refused why.

Every door brings an address through `texts.clean_address` and then asks `check_address`, and so does sending.
"""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

INVALID = _("This is not an e-mail address. It looks like: name@example.nl.")
_SPACE = _("There is a space in this e-mail address. Remove it.")
_TWO_SIGNS = _("There are two @ signs in this e-mail address. Remove one.")
_SIGN = _(
    "We cannot send mail to an e-mail address with “%(sign)s” before the @. That kind of address is not supported. "
    "Fill in another address, or leave this field empty."
)
_APOSTROPHE = _("The apostrophe in this e-mail address is a curved one: “%(sign)s”. Type a straight one: '.")
_NUMBER = _("We cannot send mail to a number after the @. Fill in an address that looks like name@example.nl.")
_LOCAL = _(
    "We cannot send mail to “%(domain)s”: that is not a domain on the internet. "
    "Fill in an address that looks like name@example.nl."
)
# Names that mean something inside one network, or nothing anywhere (RFC 2606, 6762, 8375, 9476 and what routers use).
_LOCAL_NAMES = frozenset({
    "alt", "arpa", "corp", "home", "internal", "intranet", "invalid", "lan", "local", "localdomain", "localhost",
    "onion", "private", "workgroup",
})  # fmt: skip
_APOSTROPHES = "’‘ʼ´`′"


def check_address(address: str) -> None:
    """ValidationError with words that say what to do, for what we cannot send mail to. The address is a clean one."""
    local, _at, domain = address.rpartition("@")
    if any(sign.isspace() for sign in local):
        raise ValidationError(_SPACE, code="space")
    if "@" in local and not set(local) & set('",;'):
        raise ValidationError(_TWO_SIGNS, code="two_signs")
    foreign = next((sign for sign in local if not sign.isascii()), "")
    if foreign:
        words = _APOSTROPHE if foreign in _APOSTROPHES else _SIGN
        raise ValidationError(words, code="not_ascii", params={"sign": foreign})
    if re.fullmatch(r"\[.*\]|[\d.]+", domain) and local:
        raise ValidationError(_NUMBER, code="number")
    if local and _is_local(domain):
        raise ValidationError(_LOCAL, code="local", params={"domain": domain[:60]})
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError(INVALID, code="invalid") from error


def mailbox_of(address: str) -> str:
    """What different spellings of an address have in common: those that end in one mailbox give the same name.

    A tag after + and, at Gmail, dots do not make another mailbox. It is for counting; nobody is written to at it.
    """
    local, _at, domain = address.lower().rpartition("@")
    local, domain = local.partition("+")[0] or local, _ascii(domain)
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def _is_local(domain: str) -> bool:
    """Whether a domain has no dot, or the last part of it means something in one network only."""
    *before, last = _ascii(domain).rstrip(".").split(".")
    return last in _LOCAL_NAMES or (not before and re.fullmatch(r"[\w-]+", last) is not None)


def _ascii(domain: str) -> str:
    """The domain as the mail server gets it; as it is where it is no domain."""
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return domain.lower()
