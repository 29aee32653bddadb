"""Finds meldingen by what somebody nearly typed: half a reference, a street with a slip, a name beside a street."""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import reduce
from operator import or_

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet

from meldingen.categories.models import Category
from meldingen.languages import FALLBACK
from meldingen.places.addresses.spelling import key_of
from meldingen.places.models import AssetKind, Street
from meldingen.record import queries
from meldingen.record.models import OPEN, Melding
from meldingen.record.models.melding import STREET_AND_NUMBER
from meldingen.record.references import ALPHABET, LENGTH
from meldingen.tenancy.models import Municipality

Meldingen = QuerySet[Melding]
ALIKE = 0.45  # trigrams of a street's key from which it may be meant
MOST_STREETS = 5
VERY_ALIKE = 0.6  # from which it is meant beside what was found otherwise
LEAST = 4  # characters of half a reference, a street, a word
_NUMBER = re.compile(r"\s+([0-9]{1,5}\s?[a-z]?)$", re.IGNORECASE)
_OBJECT = re.compile(r"\b([a-z]{1,3})[ -]?([0-9]{2,})$", re.IGNORECASE)
_PLACE_AND_WORDS = re.compile(r"(\D{4,}?\s[0-9]{1,5}[a-z]?)\s+(\D{3,})", re.IGNORECASE)


def with_half_reference(visible: Meldingen, words: str) -> Meldingen | None:
    """Open ones of whose reference a part was typed, or its beginning where that might be a word: few enough to look
    through.
    """
    part = words.replace("-", "").replace(" ", "").upper()
    if not LEAST <= len(part) < LENGTH or not set(part) <= set(ALPHABET):
        return None
    has_digit = any(each.isdigit() for each in part)
    if has_digit:
        return visible.filter(OPEN, reference__contains=part)
    # The bounds are what the index of references is entered by, whatever letters the database sorts by.
    within = {"reference__gte": part, "reference__lte": part.ljust(LENGTH, max(ALPHABET))}
    return visible.filter(OPEN, reference__startswith=part, **within)


def with_a_sign_wrong(visible: Meldingen, words: str) -> Meldingen | None:
    """Of a reference in which one sign is wrong or missing."""
    typed = words.replace("-", "").replace(" ", "").upper()
    if len(typed) not in (LENGTH - 1, LENGTH) or not set(typed) <= set(ALPHABET) or not re.search(r"\d", typed):
        return None
    after = 1 if len(typed) == LENGTH else 0  # the sign that stands there, or none
    meant = {typed[:at] + sign + typed[at + after :] for at in range(LENGTH) for sign in ALPHABET}
    return visible.filter(reference__in=sorted(meant))


def with_place_and_words(where: Municipality, visible: Meldingen, text: str) -> Meldingen | None:
    """At an address with more words behind it: of those there the ones that have the words, or else all of them."""
    parts = _PLACE_AND_WORDS.fullmatch(text)
    there = in_street(where, visible, parts[1]) if parts else None
    if parts is None or there is None:
        return None
    those = queries.with_words(there, parts[2])
    return those if those.exists() else there


def in_street(
    where: Municipality, visible: Meldingen, words: str, least: float = ALIKE, *, by_beginning: bool = True
) -> Meldingen | None:
    """In a street that begins so or is written nearly so, at its number where one was typed.

    `least`: how nearly, from 0 to 1.
    """
    number = _NUMBER.search(words)
    key = key_of(_NUMBER.sub("", words.partition(",")[0].strip()))
    if len(key) < LEAST:
        return None
    rows = Street.objects.of(where).annotate(alike=TrigramSimilarity("key", key))
    is_meant = Q(alike__gte=least) | Q(key__startswith=key) if by_beginning else Q(alike__gte=least)
    near = rows.filter(is_meant).order_by("-alike", "pk")
    names = list(dict.fromkeys(name.lower() for name in near.values_list("name", flat=True)[:MOST_STREETS]))
    if not names:
        return None
    digits = f" {number[1].replace(' ', '').lower()}" if number else ""
    # What came from a former system has its place in words.
    there = reduce(or_, (Q(search=queries.phrase(f"{name}{digits}")) for name in names))
    for name in names:
        there |= Q(place=f"{name}{digits}") if number else Q(place__startswith=f"{name} ")
    return visible.alias(place=STREET_AND_NUMBER).filter(there)


def with_object_in_words(visible: Meldingen, words: str) -> Meldingen | None:
    """With the number of an object in their words, for what came with its place in words."""
    number = object_number(words)
    return queries.with_words(visible, number) if number else None


def object_number(words: str) -> str:
    """The number of an object at the end of the words, with its dash: L0997 and L 0997 are L-0997; empty for none."""
    number = _OBJECT.search(words)
    return f"{number[1]}-{number[2]}" if number else ""


def with_slips(where: Municipality, visible: Meldingen, words: str) -> Meldingen | None:
    """With the words that are nearly names of categories or objects, as those are written."""
    texts = [*Category.objects.of(where).values_list("name_texts", flat=True)]
    texts += AssetKind.objects.of(where).values_list("name_texts", flat=True)
    known = {word for text in texts for word in re.findall(r"\w{4,}", text.in_(FALLBACK).lower())}
    typed = words.lower().split()
    meant = [(get_close_matches(word, known, 1, 0.8) or [word])[0] if len(word) >= LEAST else word for word in typed]
    return queries.with_words(visible, " ".join(meant)) if meant != typed else None


def of_name_in_street(
    where: Municipality, visible: Meldingen, words: str, named: Callable[[str], Meldingen]
) -> Meldingen | None:
    """Of somebody of a name, in a street: in either order."""
    for name, street in _halves(words.split()):
        rows = in_street(where, named(name), street)
        if rows is not None and rows.exists():
            return rows
    return None


def _halves(words: list[str]) -> Iterator[tuple[str, str]]:
    for at in range(1, min(len(words), 4)):
        yield " ".join(words[:at]), " ".join(words[at:])
        yield " ".join(words[at:]), " ".join(words[:at])
