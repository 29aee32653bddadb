"""Telephone numbers as they stand in a text, and as a telephone dials them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Dutch numbers as people write them, and those of other countries with their code. No date and no number of a house.
_NUMBER = re.compile(
    r"""(?<![\w+@./-])(?!\d{1,2}[-/]\d{1,2}[-/]\d{4})(?:
        (?:\+|00)[1-9]\d{0,2}[ -]?(?:\(0\)[ -]?)?\d(?:[ -]?\d){6,11}
      | 0(?:800|90[069])[ -]?(?:\d{3}[ -]?\d{4}|\d{4})
      | 06[ -]?[1-8](?:[ -]?\d){7}
      | (?=0[1-578]\d)0\d{2,3}[ -]?(?:\d[ -]?){5,6}\d
      | \(0[1-578]\d{1,2}\)[ -]?(?:\d[ -]?){5,6}\d
      | 14[ -]?0\d{2,3}
      | 112
    )(?!\w|-\d)""",
    re.VERBOSE,
)
_SUBSCRIBER = 10  # digits of a Dutch number with its area
_AREA = re.compile(r"\(?0(?!800)[1-578]")
_CALL = re.compile(
    r"\b(?:bel|belt|bellen|gebeld|call|calls|ring|dial|phone|telefo\w*|alarmnummer|noodnummer|emergency)\b",
    re.IGNORECASE,
)
# What people write a number with, and the fewest digits of one: 14 0123.
_SPELLING = re.compile(r"[\d ()+./–-]*", re.ASCII)
_LEAST_DIGITS = 6
_AHEAD, _BEHIND = 60, 20  # characters around a short number in which somebody is told to call
_END = re.compile(r"[.!?;\n]")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in a text, from `start` to `end`, and what is dialled."""

    start: int
    end: int
    number_to_dial: str


def phones(text: str) -> Iterator[Phone]:
    """Yield the telephone numbers in a text, in their order."""
    for match in _NUMBER.finditer(text):
        number = number_to_dial(match[0])
        if _AREA.match(match[0]) and len(number) != _SUBSCRIBER:
            continue
        if number == "112" and not _is_called(text, match.start(), match.end()):
            continue
        yield Phone(match.start(), match.end(), number)


def without_phones(text: str) -> str:
    """The text with its telephone numbers taken out."""
    for phone in reversed(list(phones(text))):
        text = text[: phone.start] + text[phone.end :]
    return text


def is_number(text: str) -> bool:
    """Whether this can be a telephone number of any country, and nothing beside it."""
    digits = sum(sign.isdigit() for sign in text)
    return digits >= _LEAST_DIGITS and _SPELLING.fullmatch(text) is not None


def number_to_dial(number: str) -> str:
    """A number as a telephone dials it: digits, with a plus before a country."""
    return re.sub(r"\(0\)|[^\d+]", "", number)


def _is_called(text: str, start: int, end: int) -> bool:
    """Whether the sentence around a place in a text speaks of calling."""
    before = _END.split(text[max(0, start - _AHEAD) : start])[-1]
    after = _END.split(text[end : end + _BEHIND])[0]
    return bool(_CALL.search(before) or _CALL.search(after))
