"""What of single meldingen is public: what the town decided to show, sure, and never more precise than it may be."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meldingen.categories.models import Category
from meldingen.nearby.models import PublicMelding
from meldingen.nearby.public import MOST, grid_point, near
from meldingen.places.models import AssetKind
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.routing.models import Prediction
from tests.factories import Town
from tests.meldingen.nearby.conftest import asset, at, plan_among_many, public_category

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def shown(**which: Any) -> list[int]:
    return list(PublicMelding.objects.filter(**which).order_by("pk").values_list("pk", flat=True))


def test_a_row_has_a_grid_point_and_a_day_and_no_more(reported: Melding, town: Town, lamp: Category) -> None:
    row: dict[str, Any] = dict(PublicMelding.objects.of(town.municipality).values().get())
    assert (row.pop("place").coords, row.pop("received_on")) == (at().coords, timezone.localdate())
    assert row == {
        "id": reported.pk, "municipality_id": town.municipality.pk, "category_id": lamp.pk, "asset_id": None,
        "is_solved": False, "solved_on": None, "in_prompt": True, "on_map": row["on_map"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [
        {"is_suspect": True}, {"is_hidden": True}, {"danger": "gas"}, {"danger": "life"}, {"point": None},
        {"category_by": "resident"}, {"category_by": ""},
    ],
)  # fmt: skip
def test_what_is_not_for_everybody_is_not_there(reported: Melding, values: dict[str, Any]) -> None:
    Melding.objects.filter(pk=reported.pk).update(**values)
    assert shown() == []


@pytest.mark.parametrize("values", [{"public_as": "cijfers"}, {"is_confidential": True}, {"parent_confidential": True}])
def test_a_category_that_is_not_shown_is_not_there(
    reported: Melding, lamp: Category, town: Town, values: dict[str, Any]
) -> None:
    if values.pop("parent_confidential", False):
        Category.objects.filter(pk=town.waste.pk).update(is_confidential=True)
    Category.objects.filter(pk=lamp.pk).update(**values)
    assert shown() == []


@pytest.mark.parametrize("state", ["solved", "forwarded", "declined", "withdrawn", "spam", "threat"])
def test_of_closed_ones_only_what_was_solved_is_known_for_two_weeks(reported: Melding, state: str) -> None:
    lifecycle.move(lifecycle.lock(reported.pk, reported.municipality_id), state, actor=events.SWEEP)
    assert shown() == ([reported.pk] if state == "solved" else [])
    Melding.objects.filter(pk=reported.pk).update(closed_at=timezone.now() - 15 * DAY)
    assert shown() == []


def test_what_was_merged_is_told_by_its_lead(reported: Melding, town: Town) -> None:
    other = town.melding(category=reported.category, category_by="staff", point=at(), lead=reported)
    assert other.pk not in shown()


def test_what_a_reporter_chose_is_sure_with_an_object_or_a_model_that_says_the_same(
    reported: Melding, lamp: Category, town: Town
) -> None:
    Melding.objects.filter(pk=reported.pk).update(category_by="resident")
    own = {"municipality": town.municipality, "melding": reported, "reason": "", "probability": 0.99}
    said = Prediction.objects.create(**own, category=lamp, action="suggest")
    assert shown() == []
    Prediction.objects.filter(pk=said.pk).update(action="route")
    assert shown() == [reported.pk]
    Prediction.objects.filter(pk=said.pk).update(category=town.container)
    assert shown() == []


def test_an_object_makes_what_a_reporter_chose_sure(reported: Melding, kind: AssetKind, town: Town) -> None:
    Melding.objects.filter(pk=reported.pk).update(category_by="resident", asset=asset(town, kind, "0412"))
    assert shown() == [reported.pk]


def test_it_is_as_old_as_its_category_asks(town: Town) -> None:
    slow = public_category(town, prompt_after_hours=24, nearby_days=30)
    ages = {"new": 23 * HOUR, "due": 25 * HOUR, "old": 31 * DAY}
    made = {
        name: town.melding(timezone.now() - age, category=slow, category_by="staff", point=at()).pk
        for name, age in ages.items()
    }
    assert shown(in_prompt=True) == [made["due"]]


def test_the_map_is_made_anew_once_a_day(town: Town, lamp: Category) -> None:
    for age in (timedelta(), DAY):
        town.melding(timezone.now() - age, category=lamp, category_by="staff", point=at())
    assert len(shown(on_map=True)) == 1


def test_no_decision_is_retroactive(town: Town) -> None:
    before = town.melding(timezone.now() - 2 * DAY, category=town.container, category_by="staff", point=at())
    kept = Category.objects.get(pk=town.container.pk)
    kept.public_as, kept.decided_on, kept.prompt_after_hours = "kaart", date(2020, 1, 1), 0
    kept.save()
    after = town.melding(category=town.container, category_by="staff", point=at())
    assert before.pk not in shown()
    assert shown() == [after.pk]


def test_a_decision_for_later_shows_nothing_yet_and_nobody_sets_an_earlier_day(town: Town, lamp: Category) -> None:
    lamp.decided_on = timezone.localdate() + timedelta(days=2)
    lamp.save()
    town.melding(category=lamp, category_by="staff", point=at())
    assert shown() == []
    Category.objects.filter(pk=lamp.pk).update(public_from="2001-01-01T00:00:00Z", decided_on=date(2001, 1, 1))
    assert shown() == []


def test_the_public_reads_the_view_and_not_what_it_is_made_of(reported: Melding) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_PUBLIC_ROLE)}")
        cursor.execute("SELECT count(*) FROM public_meldingen")
        assert cursor.fetchone() == (1,)
        with pytest.raises(ProgrammingError, match="permission denied"):
            cursor.execute("SELECT count(*) FROM meldingen_melding")
        transaction.set_rollback(True)


def test_distances_are_those_of_grid_points_in_steps_of_ten(reported: Melding, town: Town, lamp: Category) -> None:
    for east, metres in ((-24, 0), (24, 0), (26, 50), (74, 50), (76, None)):
        assert [known.metres for known in near(town.municipality, lamp, at(east))] == [metres][: metres is not None]
    assert [known.metres for known in near(town.municipality, lamp, at(40, 40))] == [70]


def test_a_pin_is_the_corner_that_is_nearest() -> None:
    assert grid_point(at(24, -24)).coords == at().coords
    assert grid_point(at(26, -26)).coords == at(50, -50).coords


def test_the_same_object_comes_first_and_another_one_not_at_all(
    town: Town, lamp: Category, reported: Melding, kind: AssetKind
) -> None:
    mine, other = asset(town, kind, "0412"), asset(town, kind, "0413")
    same, _elsewhere = (
        town.melding(category=lamp, category_by="staff", point=at(60), asset=each) for each in (mine, other)
    )
    assert [known.melding_id for known in near(town.municipality, lamp, at(), mine)] == [same.pk, reported.pk]


def test_only_a_few_are_shown_of_this_kind_in_this_town(
    town: Town, neighbour: Town, lamp: Category, reported: Melding
) -> None:
    public_category(neighbour)
    for category in (lamp, lamp, lamp, public_category(town, "bak")):
        town.melding(category=category, category_by="staff", point=at())
    found = near(town.municipality, lamp, at())
    assert len(found) == MOST
    assert {known.category for known in found} == {lamp}
    assert near(neighbour.municipality, lamp, at()) == []


def test_one_statement_and_the_index_however_many_there_are(
    town: Town, lamp: Category, reported: Melding, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):  # with the four by which it is the public that asks
        near(town.municipality, lamp, at())
    rows = PublicMelding.objects.of(town.municipality).filter(category=lamp, in_prompt=True)
    assert "melding_nearby" in plan_among_many(reported, rows.filter(place__dwithin=(at(), 75)))


def test_the_prompt_asks_as_the_public(reported: Melding, town: Town, lamp: Category) -> None:
    with CaptureQueriesContext(connection) as statements:
        assert near(town.municipality, lamp, at())
    asked = [one["sql"] for one in statements]
    begin, question, end = (
        next(place for place, sql in enumerate(asked) if words in sql)
        for words in ("SET LOCAL ROLE", '"public_meldingen"', "ROLLBACK")
    )
    assert begin < question < end
