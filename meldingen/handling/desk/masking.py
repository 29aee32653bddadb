"""Contact details on a screen that others see too: enough to know whether they are those that are meant."""

import re

DOT = "•"


def phone(number: str) -> str:
    """The first two and the last two digits; none of a number that is short."""
    digits = [sign for sign in number if sign.isdigit()]
    if len(digits) < 8:
        return DOT * 6 if digits else ""
    dots = " ".join([DOT * 2] * ((len(digits) - 4 + 1) // 2))
    return f"{''.join(digits[:2])} {dots} {''.join(digits[-2:])}"


def email(address: str) -> str:
    """The first letter of the mailbox, and where it is."""
    mailbox, _at, domain = address.rpartition("@")
    return f"{mailbox[:1]}{DOT * 4}@{domain}" if mailbox else DOT * 4 if address else ""


def name(words: str) -> str:
    """The first letter of each word."""
    return re.sub(r"(\w)[\w'’-]*", rf"\1{DOT * 3}", words)
