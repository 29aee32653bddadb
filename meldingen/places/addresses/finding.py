"""What every source of addresses can: suggest while somebody types, find what was typed, and name a point."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.contrib.gis.geos import Point

MOST = 8
# A pin further than this from any address, in metres, gets no address: it lies in a park or on the water.
NEAR = 60


@dataclass(frozen=True)
class Found:
    """An address, or a street without a number. `text` has the place name, `line` has only street and number."""

    text: str
    line: str
    point: Point
    is_whole: bool = True


def found_address(street: str, number: str, postcode: str, place: str, point: Point) -> Found:
    """An address as every source writes it, so that what one gave is found again."""
    line = f"{street} {number}"
    return Found(address_text(line, postcode, place), line, point)


def address_text(line: str, postcode: str, place: str) -> str:
    """Street and number, postcode and place as they are stored and found again."""
    before_place = f"{postcode[:4]} {postcode[4:]} " if postcode else ""
    return f"{line}, {before_place}{place}"


def found_street(name: str, place: str, point: Point) -> Found:
    """A street without a number."""
    return Found(f"{name}, {place}", name, point, is_whole=False)


class Unanswered(Exception):
    """The source gives no answer now. The page goes on without it."""


class Addresses(Protocol):
    """The addresses of one municipality. Each question may raise Unanswered."""

    def is_away(self) -> bool:
        """Whether it did not answer a moment ago: then the page says so."""

    def last_away(self) -> datetime | None:
        """When it was left alone last, for it did not answer again and again; None for not within a day."""

    def suggest(self, text: str) -> Sequence[Found]:
        """At most MOST that may be meant, the likeliest first; also with a typo and before everything is typed."""

    def find(self, text: str) -> Sequence[Found]:
        """The whole addresses that the text says exactly; several where one name stands in two places."""

    def along(self, text: str) -> Sequence[Point]:
        """Where the street lies that the text says, or streets of that name: of each as many points as are known."""

    def reverse(self, point: Point) -> Found | None:
        """The address nearest to a stored point, None where there is none within NEAR metres."""
