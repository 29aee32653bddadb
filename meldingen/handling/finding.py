"""Finds meldingen by whatever a colleague has: a reference, words, a place, an object, or who called.

Names, numbers and addresses of reporters are looked at only with the right to see them, and that somebody did is kept.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from meldingen import phones, texts
from meldingen.handling import nearly
from meldingen.notifications.models import Recipient
from meldingen.notifications.recipients import address_key
from meldingen.places import assets
from meldingen.places.models import Address, Area
from meldingen.record import queries
from meldingen.record.models import Melding, Reporter
from meldingen.record.models.melding import DIGITS_OF_PHONE, NAME_WORDS, STREET_AND_NUMBER
from meldingen.tenancy import auditing
from meldingen.tenancy.models import Municipality, User

MOST = 50
LONGEST = 200
LEAST = 2  # characters: less finds everything
_POSTCODE = re.compile(r"([1-9][0-9]{3})\s?([a-z]{2})\b\s*([0-9]{1,5})?", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_DIGITS = 9  # of a number without its country or its nought


class By(StrEnum):
    """By what a melding was found."""

    REFERENCE = "reference"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    PLACE = "place"
    OBJECT = "object"
    WORDS = "words"


@dataclass
class Matches:
    """The ids of what was found, by what; each melding once, by the first that found it."""

    ids: dict[int, By] = field(default_factory=dict)
    is_near: bool = False  # nothing is exactly so: this looks like what was typed

    def add(self, by: By, rows: Iterable[int]) -> None:
        """More of them, until there are as many as one looks at."""
        for melding_id in rows:
            if len(self.ids) < MOST:
                self.ids.setdefault(melding_id, by)


def find(where: Municipality, visible: QuerySet[Melding], typed: str, *, by_contact: User | None = None) -> Matches:
    """The newest meldingen among the visible ones that fit what was typed; `by_contact`: who may look at reporters.

    A reference, an address for mail or a telephone number say what they are, and nothing else is looked for then.
    """
    words, matches = texts.clean(typed).strip()[:LONGEST], Matches()
    if len(words) < LEAST:
        return matches
    ways: list[tuple[By, Callable[[], QuerySet[Melding] | None]]] = [
        (By.REFERENCE, lambda: queries.with_reference(visible, words)),
        (By.EMAIL, lambda: _with_email(where, visible, words) if by_contact else None),
        (By.PHONE, lambda: _with_phone(where, visible, words) if by_contact else None),
    ]
    for by, way in ways:
        matches.add(by, _newest(way()))
        if matches.ids or (by == By.EMAIL and _EMAIL.fullmatch(words)):
            break
    if not matches.ids and not (by_contact and _EMAIL.fullmatch(words)):
        matches.add(By.PLACE, _newest(_at(where, visible, words)))
        matches.add(By.OBJECT, _newest(_of_object(where, visible, words)))
        matches.add(By.NAME, _newest(_with_name(where, visible, words) if by_contact else None))
        matches.add(By.WORDS, _newest(queries.with_words(visible, words)))
        matches.add(By.PLACE, _newest(_in_area(where, visible, words)))
        if matches.ids and By.PLACE not in matches.ids.values():  # words of a text, perhaps, with a slip of their own
            rows = nearly.in_street(where, visible, words, nearly.VERY_ALIKE, by_beginning=False)
            matches.add(By.PLACE, _newest(rows))
        if not matches.ids:
            _find_nearly(where, visible, words, matches, by_contact)
    if by_contact:
        auditing.keep(where, auditing.Kind.CONTACT_SEARCHED, by_contact, codes={"meldingen": len(matches.ids)})
    return matches


def _find_nearly(
    where: Municipality, visible: QuerySet[Melding], words: str, matches: Matches, by_contact: User | None
) -> None:
    """What was nearly typed, where nothing was found as it stands."""
    matches.add(By.REFERENCE, _newest(nearly.with_half_reference(visible, words)))
    begun = len(matches.ids)
    matches.add(By.REFERENCE, _newest(nearly.with_a_sign_wrong(visible, words)))
    matches.add(By.OBJECT, _newest(nearly.with_object_in_words(visible, words)))
    if by_contact:
        rows = nearly.of_name_in_street(where, visible, words, lambda name: _with_name(where, visible, name))
        matches.add(By.NAME, _newest(rows))
    if not matches.ids:
        matches.add(By.PLACE, _newest(nearly.with_place_and_words(where, visible, words)))
    if not matches.ids:
        matches.add(By.PLACE, _newest(nearly.in_street(where, visible, words)))
        matches.add(By.NAME, _newest(_with_name_like(where, visible, words) if by_contact else None))
    if not matches.ids:
        matches.add(By.WORDS, _newest(queries.with_beginnings(visible, words)))
    if not matches.ids:
        matches.add(By.WORDS, _newest(nearly.with_slips(where, visible, words)))
    matches.is_near = len(matches.ids) > begun


def of_person(
    where: Municipality, visible: QuerySet[Melding], user: User, *, phone: str = "", email: str = ""
) -> list[int]:
    """The newest meldingen of who has this number or this address. For who may look at reporters; that they did is
    kept.
    """
    ways = (_with_email(where, visible, email), _with_phone(where, visible, phone) if phone else None)
    ids = list(dict.fromkeys(pk for rows in ways for pk in _newest(rows)))[:MOST]
    auditing.keep(where, auditing.Kind.CONTACT_SEARCHED, user, codes={"meldingen": len(ids)})
    return ids


def _newest(rows: QuerySet[Melding] | None) -> list[int]:
    if rows is None:
        return []
    return list(rows.order_by("-received_at", "-pk").values_list("pk", flat=True)[:MOST])


def _with_email(where: Municipality, visible: QuerySet[Melding], words: str) -> QuerySet[Melding] | None:
    if not _EMAIL.fullmatch(words):
        return None
    people = Recipient.objects.of(where).filter(address_key=address_key(words)).exclude(address_key="")
    return visible.filter(pk__in=people.filter(melding__isnull=False).values("melding"))


def _with_phone(where: Municipality, visible: QuerySet[Melding], words: str) -> QuerySet[Melding] | None:
    if not phones.is_number(words):
        return None
    return visible.filter(pk__in=_callers(where, words).values("melding"))


def _callers(where: Municipality, words: str) -> QuerySet[Reporter]:
    digits = "".join(sign for sign in words if sign.isdigit())[-_DIGITS:]
    meant = [digits, f"6{digits}"] if len(digits) == _DIGITS - 1 else [digits]  # a mobile one without its 06
    return Reporter.objects.of(where).exclude(phone="").alias(digits=DIGITS_OF_PHONE).filter(digits__in=meant)


def _with_name(where: Municipality, visible: QuerySet[Melding], words: str) -> QuerySet[Melding]:
    return visible.filter(pk__in=_namesakes(where, words).values("melding"))


def _namesakes(where: Municipality, words: str) -> QuerySet[Reporter]:
    beginnings = [f"{word}:*" for word in re.findall(r"\w+", words)]
    if not beginnings:
        return Reporter.objects.none()
    query = SearchQuery(" & ".join(beginnings), config="simple", search_type="raw")
    return Reporter.objects.of(where).alias(words=NAME_WORDS).filter(words=query)


def _with_name_like(where: Municipality, visible: QuerySet[Melding], words: str) -> QuerySet[Melding] | None:
    """Of somebody whose name is spelt nearly so; a word of a few letters is like too many."""
    if len(words) < nearly.LEAST or any(sign.isdigit() for sign in words):
        return None
    people = Reporter.objects.of(where).filter(name__trigram_word_similar=words)
    return visible.filter(pk__in=people.values("melding"))


def _at(where: Municipality, visible: QuerySet[Melding], words: str) -> QuerySet[Melding] | None:
    """At an address: its street and number, or its postcode, with or without a number."""
    rows = visible.exclude(address="").alias(place=STREET_AND_NUMBER)
    if postcode := _POSTCODE.search(words):
        code = f"{postcode[1]}{postcode[2].upper()}"
        addresses = Address.objects.of(where).filter(postcode=code, **({"number": postcode[3]} if postcode[3] else {}))
        addresses_there = {str(each).lower() for each in addresses.select_related("street").defer("point")[:200]}
        return rows.filter(place__in=sorted(addresses_there)) if addresses_there else None
    street = words.partition(",")[0].strip().lower()
    is_whole = any(sign.isdigit() for sign in street)
    return rows.filter(Q(place=street) if is_whole else Q(place__startswith=f"{street} "))


def _in_area(where: Municipality, visible: QuerySet[Melding], words: str) -> QuerySet[Melding] | None:
    """In the buurt of that name, or in those of the wijk; also within borders of before."""
    name = Q(name__iexact=words) | Q(parent__name__iexact=words, parent__level=Area.Level.WIJK)
    buurten = list(Area.objects.of(where).filter(name, level=Area.Level.BUURT).values_list("pk", flat=True))
    return visible.filter(buurt__in=buurten) if buurten else None


def _of_object(where: Municipality, visible: QuerySet[Melding], words: str) -> QuerySet[Melding] | None:
    if not any(sign.isdigit() for sign in words):
        return None
    numbers = ["".join(words.split()[-last:]) for last in (1, 2)]  # alone, or behind the name of its kind: lamp L 0997
    objects = list(assets.with_number(where, numbers).values_list("pk", flat=True)[:20])
    return visible.filter(asset__in=objects) if objects else None


def show_contact(where: Municipality, user: User, melding: Melding) -> None:
    """Keep that a colleague had the contact details of a reporter shown to them."""
    auditing.keep(where, auditing.Kind.CONTACT_SHOWN, user, f"melding:{melding.reference}")
