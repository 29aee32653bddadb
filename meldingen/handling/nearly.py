"""Finds meldingen by what somebody nearly typed: half a reference, a street with a slip, a name beside a street."""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet

from meldingen.categories.models import Category
from meldingen.languages import FALLBACK
from meldingen.places.addresses.spelling import key_of
from meldingen.places.models import AssetKind, Street
from meldingen.record import queries
from meldingen.record.models import OPEN, Melding
from meldingen.record.models.melding import STREET_AND_NUMBER
from meldingen.tenancy.models import Municipality

Meldingen = QuerySet[Melding]
ALIKE = 0.45  # trigrams of a street's key from which it may be meant
MOST_STREETS = 5
LEAST = 4  # characters of half a reference, a street, a word
_NUMBER = re.compile(r"\s+([0-9]{1,5}\s?[a-z]?)$", re.IGNORECASE)


def with_half_reference(visible: Meldingen, words: str) -> Meldingen | None:
    """Open ones of whose reference a part was typed: few enough to look through."""
    part = words.replace("-", "").replace(" ", "").upper()
    is_part = LEAST <= len(part) < 8 and part.isascii() and part.isalnum() and any(each.isdigit() for each in part)
    return visible.filter(OPEN, reference__contains=part) if is_part else None


def in_street(where: Municipality, visible: Meldingen, words: str) -> Meldingen | None:
    """In a street that begins so or is written nearly so, at its number where one was typed."""
    number = _NUMBER.search(words)
    key = key_of(_NUMBER.sub("", words.partition(",")[0].strip()))
    if len(key) < LEAST:
        return None
    rows = Street.objects.of(where).annotate(alike=TrigramSimilarity("key", key))
    near = rows.filter(Q(key__startswith=key) | Q(alike__gte=ALIKE)).order_by("-alike", "pk")
    names = list(dict.fromkeys(name.lower() for name in near.values_list("name", flat=True)[:MOST_STREETS]))
    if not names:
        return None
    at = visible.exclude(address="").alias(place=STREET_AND_NUMBER)
    if number:
        return at.filter(place__in=[f"{name} {number[1].replace(' ', '').lower()}" for name in names])
    there = Q()
    for name in names:
        there |= Q(place__startswith=f"{name} ")
    return at.filter(there)


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
