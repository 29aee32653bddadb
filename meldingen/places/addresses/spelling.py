"""What people type as an address, taken apart; and the spelling in which names of streets are compared."""

import re
import unicodedata
from dataclasses import dataclass

_POSTCODE = re.compile(r"\b([1-9][0-9]{3})\s?([a-z]{2})\b", re.IGNORECASE)
_NUMBER = re.compile(r"([0-9]{1,5})(?:[-/]?([a-z]))?(?:[-/]([a-z0-9]{1,4}))?", re.IGNORECASE)
_SUFFIX = re.compile(r"[a-z]|[0-9]{1,4}|bis|hs|rd", re.IGNORECASE)
_APOSTROPHES = re.compile("['’‘`´]")
_WORD = re.compile(r"\w+")  # of any script: a description in Arabic says something too
_NO_LETTERS = re.compile(r"[^a-z0-9]+")
_ENDINGS = (("str", "straat"), ("ln", "laan"), ("pln", "plein"), ("wg", "weg"))
LONGEST = 200


def key_of(name: str) -> str:
    """The name as it is compared: no accents, capitals or apostrophes, signs as spaces, ĳ and ÿ as ij."""
    plain = _APOSTROPHES.sub("", name).casefold().replace("ÿ", "ij")
    letters = unicodedata.normalize("NFKD", plain)
    return _NO_LETTERS.sub(" ", "".join(sign for sign in letters if not unicodedata.combining(sign))).strip()


@dataclass(frozen=True)
class Typed:
    """An address as it was typed: what is empty, or None, was not said."""

    street: str = ""
    number: int | None = None
    letter: str = ""
    addition: str = ""
    postcode: str = ""
    place: str = ""


def readings(text: str) -> list[Typed]:
    """The parts of an address, in each way in which they can be meant, the likeliest first.

    Of “Plein 1940 12” either number may be that of the house; of “Plein 1940” it may be part of the name. Without a
    number everything but a postcode is the street, or else a place.
    """
    text = text[:LONGEST]
    postcode = ""
    if match := _POSTCODE.search(text):
        postcode = f"{match[1]}{match[2].upper()}"
        text = f"{text[: match.start()]} , {text[match.end() :]}"
    words = text.replace(",", " , ").split()
    # Behind a word of the street, or beside a postcode; of two together the second is an addition (“12 3”).
    numbers = [at for at, word in enumerate(words) if _NUMBER.fullmatch(word) and (at > 0 or postcode)]
    if numbers and numbers[-1] - 1 in numbers:
        numbers = [*numbers[:-2], numbers[-1], numbers[-2]]
    street, _comma, place = " ".join(words).partition(",")
    without = Typed(street=_street(street), postcode=postcode, place=key_of(place))
    return [*(_with_number(words, at, postcode) for at in reversed(numbers[-2:])), without]


def says_no_more(text: str, address: str) -> bool:
    """Whether a text has no word that the address does not have: “Molenstraat 12” of “Molenstraat 12, 9905 SA Dorp”."""
    return set(_WORD.findall(text.casefold())) <= set(_WORD.findall(address.casefold()))


def _with_number(words: list[str], at: int, postcode: str) -> Typed:
    parts = _NUMBER.fullmatch(words[at])
    number, letter, addition = (part or "" for part in parts.groups()) if parts else ("", "", "")
    rest = words[at + 1 :]
    if rest and not (letter or addition) and _SUFFIX.fullmatch(rest[0]):
        is_letter = len(rest[0]) == 1 and rest[0].isalpha()
        letter, addition, rest = rest[0] if is_letter else "", "" if is_letter else rest[0], rest[1:]
    street, place = _street(" ".join(words[:at])), key_of(" ".join(rest))
    return Typed(street, int(number), letter.upper(), addition.upper(), postcode, place)


def _street(name: str) -> str:
    key = key_of(name)
    for short, long in _ENDINGS:
        if key.endswith(short) and len(key) > len(short) + 2:
            return key.removesuffix(short) + long
    return key
