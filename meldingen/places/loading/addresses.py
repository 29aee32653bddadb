"""Addresses from a file of the BAG: CSV, or a layer of a GeoPackage. What was loaded before goes."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from meldingen.files.reading import BrokenFile
from meldingen.files.rejects import Reject
from meldingen.places import geo
from meldingen.places.addresses.spelling import key_of
from meldingen.places.loading.rows import PlacedRow, read_placed
from meldingen.places.models import Address, Street
from meldingen.tenancy.models import Municipality

BATCH = 20_000
# Of so many rows one may be broken; more of them is another file than was meant.
ONE_IN = 100
# How the BAG and its extracts call a column, as `plain` leaves it; the first is the name in our words.
COLUMNS = {
    "street": ("openbareruimte", "openbareruimtenaam", "straat", "straatnaam"),
    "number": ("huisnummer",),
    "letter": ("huisletter",),
    "addition": ("huisnummertoevoeging", "toevoeging"),
    "postcode": ("postcode",),
    "place": ("woonplaats", "woonplaatsnaam"),
}
REQUIRED_COLUMNS = ("street", "number", "place")
_POSTCODE = re.compile(r"([1-9][0-9]{3}) ?([A-Za-z]{2})")
_COPY = (
    "COPY meldingen_address (municipality_id, street_id, number, letter, addition, postcode, buurt_id, point) "
    "FROM STDIN"
)
# The point of a street: that of the address halfway its numbers.
_MIDDLES = """
UPDATE meldingen_street SET point = middle.point FROM (
    SELECT street_id, (array_agg(point ORDER BY number, letter, addition))[(count(*) + 1) / 2] AS point
    FROM meldingen_address WHERE municipality_id = %(municipality)s GROUP BY street_id) AS middle
WHERE middle.street_id = meldingen_street.id"""


# A file of a million rows has some thousands of names.
_key = lru_cache(maxsize=100_000)(key_of)


@dataclass
class Outcome:
    """What became of the rows."""

    addresses: int = 0
    streets: int = 0
    before: int = 0
    rejected: int = 0


@dataclass(frozen=True)
class _AddressRow:
    """A row that is right in shape."""

    row: PlacedRow
    street: str
    place: str
    number: int
    letter: str
    addition: str
    postcode: str


class _Wrong(Exception):
    """A cell that cannot be taken in: its column and why."""


@dataclass
class _Load:
    """One load under way."""

    municipality: Municipality
    on_reject: Callable[[Reject], object]
    outcome: Outcome = field(default_factory=Outcome)
    streets: dict[tuple[str, str], int] = field(default_factory=dict)  # by name and key of the place

    def reject(self, row: PlacedRow, column: str, reason: str) -> None:
        """Count and tell."""
        self.outcome.rejected += 1
        self.on_reject(Reject(row.line, column, reason, row.cells))


def load_addresses(
    municipality: Municipality,
    path: Path,
    on_reject: Callable[[Reject], object] = lambda _reject: None,
    on_rows: Callable[[int], object] = lambda _number: None,
    srid: int | None = None,
) -> Outcome:
    """Put the addresses of a file in the place of those there were. BrokenFile where nothing was loaded, and why.

    A row that is broken or lies in no buurt is told to `on_reject`; more than one in a hundred refuses the file.
    """
    load = _Load(municipality, on_reject)
    rows = read_placed(path, COLUMNS, REQUIRED_COLUMNS, srid)
    with transaction.atomic():
        load.outcome.before = Address.objects.of(municipality).count()
        Address.objects.of(municipality)._raw_delete(using="default")
        Street.objects.of(municipality)._raw_delete(using="default")
        while batch := list(islice(rows, BATCH)):
            _store(load, list(_read_each(load, batch)))
            on_rows(len(batch))
        _refuse_too_much(path, load.outcome)
        with connection.cursor() as cursor:
            cursor.execute(_MIDDLES, {"municipality": municipality.pk})
    load.outcome.streets = len(load.streets)
    return load.outcome


def _refuse_too_much(path: Path, outcome: Outcome) -> None:
    every = outcome.addresses + outcome.rejected
    if not outcome.addresses or outcome.rejected * ONE_IN > max(every, ONE_IN):
        words = _("%(file)s: %(rejected)d of %(every)d rows cannot be taken in, and one in %(one_in)d is the most.")
        values = {"file": path.name, "rejected": outcome.rejected, "every": every, "one_in": ONE_IN}
        raise BrokenFile(words % values)


def _read_each(load: _Load, rows: Iterable[PlacedRow]) -> Iterator[_AddressRow]:
    for row in rows:
        try:
            if row.wrong:
                raise _Wrong(row.column, row.wrong)
            yield _read(row)
        except _Wrong as wrong:
            load.reject(row, *wrong.args)


def _read(row: PlacedRow) -> _AddressRow:
    cells = row.values
    street, place = cells["street"], cells["place"]
    for name, text in (("street", street), ("place", place)):
        if not text or len(text) > 80 or not _key(text):
            raise _Wrong(row.names[name], _("empty, or longer than 80 characters"))
    number = cells["number"]
    # Python reads no whole number of thousands of digits.
    if not (number.isascii() and number.isdigit() and len(number) < 10 and 0 < int(number) < 100_000):
        raise _Wrong(row.names["number"], _("no house number from 1 to 99999"))
    letter, addition = cells["letter"].upper(), cells["addition"]
    if len(letter) > 1 or (letter and not letter.isalnum()):
        raise _Wrong(row.names["letter"], _("not one letter"))
    if len(addition) > 4:
        raise _Wrong(row.names["addition"], _("longer than 4 characters"))
    postcode = _POSTCODE.fullmatch(cells["postcode"])
    if cells["postcode"] and not postcode:
        raise _Wrong(row.names["postcode"], _("no postcode such as 1234 AB"))
    code = f"{postcode[1]}{postcode[2].upper()}" if postcode else ""
    return _AddressRow(row, street, place, int(number), letter, addition, code)


def _store(load: _Load, rows: Sequence[_AddressRow]) -> None:
    places = geo.locate_all(load.municipality, [each.row.xy for each in rows])
    inside: list[tuple[_AddressRow, int]] = []
    for each, place in zip(rows, places, strict=True):
        if place.buurt_id is None:
            load.reject(each.row, "", _("lies in no buurt of this municipality"))
        else:
            inside.append((each, place.buurt_id))
    _make_streets(load, [each for each, _buurt in inside])
    here = load.municipality.pk
    text = io.StringIO()
    for each, buurt in inside:
        street = load.streets[_street(each)]
        x, y = each.row.xy
        text.write(
            f"{here}\t{street}\t{each.number}\t{_cell(each.letter)}\t{_cell(each.addition)}\t{each.postcode}\t{buurt}"
            f"\tSRID={settings.SRID_STORED};POINT({x!r} {y!r})\n"
        )
    text.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(_COPY, text)
    load.outcome.addresses += len(inside)


def _cell(text: str) -> str:
    """As COPY reads it."""
    if not text or text.isalnum():
        return text
    return text.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ").replace("\r", " ")


def _make_streets(load: _Load, rows: Sequence[_AddressRow]) -> None:
    first = {_street(each): each.place for each in reversed(rows)}  # how its place is spelt where it stands first
    new = [
        Street(municipality=load.municipality, name=name, place=place, key=_key(name), place_key=place_key)
        for (name, place_key), place in first.items()
        if (name, place_key) not in load.streets
    ]
    for street in Street.objects.bulk_create(new):
        load.streets[street.name, street.place_key] = street.pk


def _street(address: _AddressRow) -> tuple[str, str]:
    """By what a street is told from others: a place that is spelt in two ways in one file is one place."""
    return address.street, _key(address.place)
