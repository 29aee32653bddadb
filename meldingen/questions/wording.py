"""Kinds of questions: which choices there are, what is an answer to them, and how it reads."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils import formats, translation
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldingen.languages import FALLBACK, Texts
from meldingen.refusals import Refused

FIELD = "answers"
MOST_CHOICES = 20
LONGEST_CHOICE = 100
LONGEST_TEXT = 500
YES, NO = "yes", "no"
_YES_WORDS, _NO_WORDS = frozenset({YES, "true", "ja"}), frozenset({NO, "false", "nee"})
_NUMBER = re.compile(r"-?\d{1,12}(?:[.,]\d{1,6})?")
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})|(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4})")
_TOO_LONG = _("Write at most %(most)d characters here.")
_NO_NUMBER = _("Write a number in digits here, for example 12 or 0,5.")
_NO_DAY = _("Write a day here as in 31-12-2026.")
_NO_CHOICE = _("We do not know this choice. Choose one of these.")


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    NUMBER = "number"
    ONE = "one"
    SEVERAL = "several"
    YES_NO = "yes_no"
    DATE = "date"


CHOOSING = frozenset({Kind.ONE, Kind.SEVERAL})


def choices_in(texts: Texts) -> dict[str, Texts]:
    """What there is to choose from: a code, which follows from the Dutch words, and the words in each language."""
    lines = {language: _lines(text) for language, text in texts.items()}
    choices: dict[str, Texts] = {}
    for number, dutch in enumerate(lines.get(FALLBACK, [])):
        words = {language: own[number] for language, own in lines.items() if number < len(own)}
        choices[slugify(dutch)[:60]] = Texts(words)
    return choices


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def what_is_wrong(texts: Texts) -> str:
    """Why nobody can choose from these, in words for who wrote them; empty where they can."""
    dutch = _lines(texts.get(FALLBACK, ""))
    codes = [slugify(line)[:60] for line in dutch]
    if not 2 <= len(dutch) <= MOST_CHOICES:
        return gettext("Write at least 2 and at most %(most)d choices, one on each line.") % {"most": MOST_CHOICES}
    if "" in codes or len(set(codes)) != len(codes):
        return gettext("Each choice has letters or digits, and none stands twice.")
    if any(len(line) > LONGEST_CHOICE for text in texts.values() for line in _lines(text)):
        return gettext("A choice has at most %(most)d characters.") % {"most": LONGEST_CHOICE}
    if any(len(_lines(text)) != len(dutch) for text in texts.values()):
        return gettext("Write as many lines in each language: the first stands for the first, and so on.")
    return ""


def read_value(kind: str, choices: Mapping[str, Texts], text: str) -> str:
    """What somebody answered as it is stored, empty for no answer. Raises Refused, in words for them."""
    text = text.strip()
    if not text:
        return ""
    if kind == Kind.NUMBER:
        return _number(text)
    if kind == Kind.DATE:
        return _day(text)
    if kind == Kind.YES_NO:
        return _yes_or_no(text)
    if kind in CHOOSING:
        return _codes(kind, choices, text)
    if len(text) > LONGEST_TEXT:
        raise Refused("too_long", _TOO_LONG % {"most": LONGEST_TEXT}, FIELD)
    return text


def _number(text: str) -> str:
    if not text.isascii() or not _NUMBER.fullmatch(text):
        raise Refused("no_number", _NO_NUMBER, FIELD)
    return format(Decimal(text.replace(",", ".")), "f")


def _day(text: str) -> str:
    match = _DAY.fullmatch(text) if text.isascii() else None
    parts = match.groups() if match else ()
    numbers = [int(part) for part in parts if part]
    try:
        return date(*(numbers if parts[0] else reversed(numbers))).isoformat()
    except (IndexError, TypeError, ValueError) as error:
        raise Refused("no_day", _NO_DAY, FIELD) from error


def _yes_or_no(text: str) -> str:
    word = text.casefold()
    if word not in _YES_WORDS | _NO_WORDS:
        raise Refused("unknown", _NO_CHOICE, FIELD)
    return YES if word in _YES_WORDS else NO


def _codes(kind: str, choices: Mapping[str, Texts], text: str) -> str:
    """Codes in the order of the list, each once."""
    codes = text.replace(",", " ").split()
    if not set(codes) <= choices.keys() or (kind == Kind.ONE and len(codes) != 1):
        raise Refused("unknown", _NO_CHOICE, FIELD)
    return " ".join(code for code in choices if code in codes)


def words_of_choices(choices: Mapping[str, Texts], value: str) -> Texts:
    """What these codes stand for, in each language that one of them has words in."""
    own = [choices[code] for code in value.split()]
    return Texts({language: "; ".join(each.in_(language) for each in own) for language in {c for t in own for c in t}})


def in_words(kind: str, value: str, choice_texts: Texts, language: str) -> str:
    """An answer as people read it."""
    if kind in CHOOSING:
        return choice_texts.in_(language)
    with translation.override(language):
        if kind == Kind.YES_NO:
            return gettext("Yes") if value == YES else gettext("No")
        if kind == Kind.DATE:
            return formats.date_format(date.fromisoformat(value), "j F Y")
        if kind == Kind.NUMBER:
            return value.replace(".", formats.get_format("DECIMAL_SEPARATOR"))
    return value
