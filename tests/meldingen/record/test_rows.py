"""Very many new rows in one statement."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from meldingen.record import lifecycle, references, rows
from meldingen.record.models import Event, Melding
from tests.factories import Town

WHEN = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)
AWKWARD = 'Tab\there, "quotes", \\N, a back\\slash, {curly}, 100 %s, émoji 🕳️,\nand the next line'


def _melding(town: Town, **values: Any) -> Melding:
    point = Point(85_500.25, 436_500.125, srid=28992)
    own = {"reference": references.new_reference(), "follow_token": references.new_follow_token()}
    common = {"municipality": town.municipality, "buurt": town.west, "point": point, "received_at": WHEN}
    return Melding(**common, **own, **values)


def test_what_is_stored_is_what_was_said_to_the_last_character(town: Town) -> None:
    made = _melding(town, text=AWKWARD, category=town.container, deadline=WHEN)
    lifecycle.receive_many([made], [[]])
    stored = Melding.objects.get(pk=made.pk)
    names = [field.attname for field in Melding._meta.concrete_fields if not field.generated]
    assert {name: getattr(stored, name) for name in names} == {name: getattr(made, name) for name in names}


def test_each_has_the_key_of_its_own_row(town: Town) -> None:
    many = [_melding(town, text=f"number {number}") for number in range(50)]
    lifecycle.receive_many(many, [[] for _ in many])
    stored = dict(Melding.objects.values_list("pk", "text"))
    assert [stored[each.pk] for each in many] == [each.text for each in many]


def test_what_the_database_fills_in_it_fills_in(town: Town) -> None:
    melding = town.melding()
    event = Event(municipality=town.municipality, melding=melding, kind="noted", actor_kind="sweep", codes={"a": ["b"]})
    rows.insert([event])
    stored = Event.objects.get(pk=event.pk)
    assert (stored.codes, stored.xid > 0, stored.happened_at is not None) == ({"a": ["b"]}, True, True)


def test_a_key_of_another_refuses_all_of_them(town: Town) -> None:
    one = _melding(town, text="one")
    other = _melding(town, text="other")
    other.reference = one.reference
    with pytest.raises(IntegrityError):
        lifecycle.receive_many([one, other], [[], []])


def test_none_is_no_statement(town: Town) -> None:
    with CaptureQueriesContext(connection) as statements:
        rows.insert([])
    assert not statements.captured_queries
