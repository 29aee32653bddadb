from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from meldingen.handling.desk import worklists
from meldingen.handling.desk.worklists import BUILT_IN, Reader
from meldingen.record import events, lifecycle
from meldingen.record.models import Hold, Melding
from tests.factories import Town
from tests.plans import plan_of

NOW = datetime(2026, 5, 5, 22, 30, tzinfo=UTC)  # half past midnight of the sixth in the town


@pytest.fixture
def reader(town: Town) -> Reader:
    return Reader(town.member().pk, frozenset({town.cleaning.pk}), NOW, "Europe/Amsterdam")


def test_today_ends_with_the_day_of_the_town(reader: Reader) -> None:
    assert reader.end_of_today == datetime(2026, 5, 6, 22, tzinfo=UTC)


def plan_for(rows: QuerySet[Melding, Any]) -> str:
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        return plan_of(cursor.mogrify(sql, values).decode())


@pytest.mark.parametrize("slug", [slug for slug in BUILT_IN if slug != "spoken"])  # that one is always short
def test_each_is_found_in_an_index_in_its_order(town: Town, reader: Reader, slug: str) -> None:
    each = BUILT_IN[slug]
    rows = each.order.sort(each.hold(Melding.objects.of(town.municipality), reader)).values("pk")[:50]
    plan = plan_for(rows)
    assert "using melding_" in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("slug", [slug for slug, each in BUILT_IN.items() if each.is_counted])
def test_each_is_counted_in_an_index(town: Town, reader: Reader, slug: str) -> None:
    some = BUILT_IN[slug].hold(Melding.objects.of(town.municipality), reader).values("pk")[:100]
    assert "Index" in plan_for(some)


def test_who_is_in_no_team_has_no_work_of_a_team(town: Town) -> None:
    town.melding(team=town.cleaning)
    alone = Reader(town.member().pk, frozenset(), NOW, "Europe/Amsterdam")
    assert worklists.counts(Melding.objects.of(town.municipality), alone).get("my-team") is None


def test_a_threat_without_a_hold_is_a_threat(town: Town, reader: Reader) -> None:
    lately, long_ago = town.melding(), town.melding()
    for melding, days in ((lately, 9), (long_ago, 400)):
        lifecycle.move(melding, "threat", actor=events.SWEEP)
        Melding.objects.filter(pk=melding.pk).update(closed_at=NOW - timedelta(days=days))
    assert list(BUILT_IN["held"].hold(Melding.objects.of(town.municipality), reader)) == [lately]
    values = {"reason": "Aangifte", "until": NOW.date() + timedelta(days=1), "author": town.member()}
    Hold.objects.create(municipality=town.municipality, melding=long_ago, **values)
    assert BUILT_IN["held"].hold(Melding.objects.of(town.municipality), reader).count() == 2


def test_a_flood_hides_no_danger(town: Town, reader: Reader) -> None:
    danger = town.melding(is_suspect=True, priority=4)
    town.melding(is_suspect=True)
    assert list(BUILT_IN["to-judge"].hold(Melding.objects.of(town.municipality), reader)) == [danger]


def test_what_goes_on_with_another_one_is_no_work_of_its_own(town: Town, reader: Reader) -> None:
    lead = town.melding(team=town.cleaning, deadline=NOW)
    town.melding(team=town.cleaning, deadline=NOW, lead=lead)
    for slug in ("to-judge", "my-team", "open"):
        assert list(BUILT_IN[slug].hold(Melding.objects.of(town.municipality), reader)) == [lead]
    assert len(BUILT_IN["all"].hold(Melding.objects.of(town.municipality), reader)) == 2
