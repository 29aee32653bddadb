"""Where the meldingen of a list lie, in groups or one by one."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meldingen.handling import mapping
from meldingen.handling.mapping import Box
from meldingen.record.models import Melding
from tests.factories import Town

X, Y = 170_000.0, 500_000.0
WIDE = Box(X - 5000, Y - 5000, X + 5000, Y + 5000)


def at(town: Town, x: float, y: float, number: int = 1, **values: object) -> list[Melding]:
    now = timezone.now()
    return [
        town.melding(point=Point(X + x, Y + y, srid=28992), received_at=now - timedelta(minutes=minutes), **values)
        for minutes in range(number)
    ]


def spread(town: Town, box: Box = WIDE) -> mapping.Spread:
    return mapping.spread(Melding.objects.of(town.municipality).order_by("-received_at", "-pk"), box)


def test_few_are_shown_one_by_one_in_the_order_of_the_list(town: Town) -> None:
    first, second = at(town, 10, 10, 2)
    here = spread(town)
    assert (here.number, list(here.single)) == (2, [first.pk, second.pk])


def test_many_are_groups_by_place(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapping, "SPOTS", 2)
    at(town, 10, 10, 3)
    at(town, -4000, -4000)
    here = spread(town)
    assert ([group.number for group in here.groups], list(here.single)) == ([3, 1], [])
    assert (round(here.groups[0].x - X), round(here.groups[0].y - Y)) == (10, 10)


def test_what_lies_together_is_shown_one_by_one_when_nothing_is_closer(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapping, "SPOTS", 2)
    newest = at(town, 10, 10, 4)
    here = spread(town, Box(X, Y, X + 100, Y + 100))
    assert (here.number, list(here.single)) == (4, [each.pk for each in newest[:2]])


def test_only_what_lies_in_the_box_counts(town: Town) -> None:
    at(town, 4000, 4000)
    assert spread(town, Box(X, Y, X + 1000, Y + 1000)).number == 0


def test_what_has_no_place_is_counted_apart(town: Town) -> None:
    town.melding(point=None)
    at(town, 10, 10)
    assert (spread(town).number, spread(town).nowhere) == (1, 1)


def test_a_danger_that_is_open_makes_its_group_urgent(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapping, "SPOTS", 1)
    at(town, 10, 10, 2)
    at(town, -4000, -4000, 2, priority=4)
    assert sorted(group.is_urgent for group in spread(town).groups) == [False, True]


def test_it_looks_at_no_more_than_the_first_of_a_list_in_one_statement(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapping, "MOST", 3)
    at(town, 10, 10, 5)
    with CaptureQueriesContext(connection) as asked:
        here = spread(town)
    assert (len(asked), here.number, here.is_cut) == (1, 3, True)


def test_groups_stay_what_they_are_when_the_map_is_moved(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapping, "SPOTS", 1)
    at(town, 10, 10, 2)
    at(town, 700, 10, 2)
    moved = Box(WIDE.west + 333, WIDE.south + 77, WIDE.east + 333, WIDE.north + 77)
    assert spread(town).groups == spread(town, moved).groups


def test_an_empty_list_has_nothing_anywhere(town: Town) -> None:
    assert mapping.spread(Melding.objects.none(), WIDE) == mapping.Spread((), (), 0, 0, is_cut=False)
