"""The keys of a year and the one count per key."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.gis.geos.collections import MultiPolygon
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from analytics import grid
from analytics.grid import FixedGrid
from analytics.models import Grid
from meldingen.handling import judging
from meldingen.places.models import Area
from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality
from tests.factories import AreaFactory, CategoryFactory, MunicipalityFactory, Town, square
from tests.owner import as_owner
from tests.plans import plan_of


@pytest.fixture
def publisher(town: Town) -> Municipality:
    return town.municipality


def keys(fixed: FixedGrid) -> tuple[list[str], list[str]]:
    return [area.code for area in fixed.buurten()], [category.slug for category in fixed.categories]


def test_it_holds_buurten_and_leaf_categories_and_a_rest_value_of_each(town: Town, publisher: Municipality) -> None:
    fixed = grid.fix(publisher, 2026)
    assert keys(fixed) == ([town.west.code, town.east.code, "overig"], ["container-vol", "dumping", "overig"])


def test_a_category_that_comes_later_waits_for_the_next_year(town: Town, publisher: Municipality) -> None:
    grid.fix(publisher, 2026)
    CategoryFactory.create(municipality=town.municipality, slug="nieuw", parent=town.waste)
    assert "nieuw" not in keys(grid.fix(publisher, 2026))[1]
    assert "nieuw" in keys(grid.fix(publisher, 2027))[1]


def test_the_database_refuses_to_change_or_remove_a_fixed_grid(publisher: Municipality) -> None:
    grid.fix(publisher, 2026)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Grid.objects.update(areas=[])
    for statement in ("UPDATE analytics_grid SET areas = '[]'", "DELETE FROM analytics_grid"):
        with pytest.raises(IntegrityError, match="fixed"), transaction.atomic():
            as_owner(statement)


def test_it_takes_the_newest_borders_that_are_not_of_a_later_year(town: Town, publisher: Municipality) -> None:
    assert grid.fix(publisher, 2026).vintage == 2025
    assert grid.fix(publisher, 2015).vintage == 2025


@pytest.mark.parametrize("year", [0, 26, 1999, 2206, 20226])
def test_a_year_that_is_a_slip_of_the_pen_is_not_fixed_for_ever(publisher: Municipality, year: int) -> None:
    with pytest.raises(grid.GridError, match=str(year)):
        grid.fix(publisher, year)
    assert not Grid.objects.exists()


def test_fixing_holds_up_no_melding(publisher: Municipality) -> None:
    with CaptureQueriesContext(connection) as queries:
        grid.fix(publisher, 2026)
    assert [query["sql"].rpartition(" FOR ")[2] for query in queries if " FOR " in query["sql"]] == ["NO KEY UPDATE"]


def test_borders_are_in_degrees_and_the_rest_value_has_none(town: Town, publisher: Municipality) -> None:
    grid.fix(publisher, 2026)
    borders: Any = grid.borders(publisher, 2026)
    longitude, latitude = borders[town.west.code]["coordinates"][0][0][0]
    assert (round(longitude), round(latitude)) == (4, 52)
    assert "overig" not in borders


def test_it_counts_each_melding_of_the_local_month_once(town: Town, publisher: Municipality) -> None:
    town.melding(received_at=datetime(2026, 2, 28, 23, 0, tzinfo=UTC), category=town.dumping)
    town.melding(received_at=datetime(2026, 3, 31, 21, 59, 59, tzinfo=UTC), category=town.dumping)
    town.melding(received_at=datetime(2026, 3, 15, 12, tzinfo=UTC), buurt=town.east)
    town.melding(received_at=datetime(2026, 2, 28, 22, 59, 59, tzinfo=UTC))
    town.melding(received_at=datetime(2026, 3, 31, 22, 0, tzinfo=UTC))
    counted = grid.count(grid.fix(publisher, 2026), date(2026, 3, 1), date(2026, 4, 1))
    assert counted == {(town.west.code, "dumping"): 2, (town.east.code, None): 1}


def test_a_suspect_melding_counts_until_somebody_calls_it_spam(town: Town, publisher: Municipality) -> None:
    march = [datetime(2026, 3, day, tzinfo=UTC) for day in (10, 11)]
    town.melding(received_at=march[0], is_suspect=True)
    spam = town.melding(received_at=march[1], is_suspect=True)
    fixed, month = grid.fix(publisher, 2026), (date(2026, 3, 1), date(2026, 4, 1))
    assert grid.count(fixed, *month) == {(town.west.code, None): 2}
    judging.call_spam(town.municipality, town.member(), [spam.pk])
    assert grid.count(fixed, *month) == {(town.west.code, None): 1}


@pytest.mark.parametrize(("state", "counted"), [(state, int(state != "spam")) for state in sorted(workflow.CLOSED)])
def test_whatever_becomes_of_a_report_it_counts_once_but_for_spam(
    town: Town, publisher: Municipality, state: str, counted: int
) -> None:
    melding = town.melding(received_at=datetime(2026, 3, 10, tzinfo=UTC))
    lifecycle.move(melding, state, actor=events.SWEEP)
    assert sum(march(town, publisher).values()) == counted


def test_merged_reports_count_and_parts_that_staff_split_off_do_not(town: Town, publisher: Municipality) -> None:
    day = datetime(2026, 3, 10, tzinfo=UTC)
    whole = town.melding(received_at=day)
    town.melding(received_at=day, lead=whole)
    town.melding(received_at=day, part_of=whole)
    assert sum(march(town, publisher).values()) == 2


def test_a_time_zone_that_changes_later_counts_no_melding_in_two_months(town: Town, publisher: Municipality) -> None:
    grid.fix(publisher, 2026)
    town.melding(received_at=datetime(2026, 3, 31, 21, 30, tzinfo=UTC))  # the 31st in Amsterdam, 1 April in Kiritimati
    Municipality.objects.filter(pk=publisher.pk).update(time_zone="Pacific/Kiritimati")
    publisher.refresh_from_db()
    march, april, later = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
    for year in (2026, 2027):
        fixed = grid.fix(publisher, year)
        assert sum(grid.count(fixed, march, april).values()) == 1
        assert grid.count(fixed, april, later) == {}


def test_the_day_is_that_of_the_grids_time_zone(publisher: Municipality) -> None:
    grid.fix(publisher, 2026)
    days = set()
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # never on the same day
        Municipality.objects.filter(pk=publisher.pk).update(time_zone=zone)
        publisher.refresh_from_db()
        days.add(grid.today(publisher))
    assert len(days) == 1


def test_it_never_counts_the_neighbours(neighbour: Town, publisher: Municipality, town: Town) -> None:
    neighbour.melding(received_at=datetime(2026, 3, 15, tzinfo=UTC))
    assert march(town, publisher) == {}


def test_it_counts_meldingen_in_one_query_that_reads_an_index_alone(
    town: Town, publisher: Municipality, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fixed = grid.fix(publisher, 2026)
    for day in range(60):
        town.melding(received_at=datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=3 * day), category=town.dumping)
    with django_assert_num_queries(3) as asked:
        grid.count(fixed, date(2026, 3, 1), date(2026, 4, 1))
    (count,) = [q["sql"] for q in asked.captured_queries if "meldingen_melding" in q["sql"]]
    assert "Index Only Scan using melding_received" in plan_of(count)


def renumbered(town: Town, code: str, shape: MultiPolygon, vintage: int = 2026) -> Area:
    """A buurt that came after the grid was fixed."""
    return AreaFactory.create(
        municipality=town.municipality, level="buurt", parent=town.wijk, vintage=vintage, code=code, geometry=shape
    )


def march(town: Town, publisher: Municipality) -> dict[tuple[str | None, ...], int]:
    return grid.count(grid.fix(publisher, 2026), date(2026, 3, 1), date(2026, 4, 1))


@pytest.mark.parametrize("vintage", [2025, 2026])
def test_a_buurt_with_another_number_within_the_year_counts_under_the_one_of_the_grid(
    town: Town, publisher: Municipality, vintage: int
) -> None:
    grid.fix(publisher, 2026)
    new = renumbered(town, "BU00000009", square(85000, 436000, 950), vintage)
    town.melding(received_at=datetime(2026, 3, 15, 12, tzinfo=UTC), buurt=new)
    town.melding(received_at=datetime(2026, 3, 15, 12, tzinfo=UTC), buurt=town.west)
    assert march(town, publisher) == {(town.west.code, None): 2}


def test_a_buurt_that_lies_in_none_of_the_grid_keeps_its_own_code(town: Town, publisher: Municipality) -> None:
    grid.fix(publisher, 2026)
    for code, shape in (("BU00000008", square(95000, 436000)), ("BU00000009", square(84600, 436000))):
        new = renumbered(town, code, shape)
        town.melding(received_at=datetime(2026, 3, 15, 12, tzinfo=UTC), buurt=new)
    assert march(town, publisher) == {("BU00000008", None): 1, (town.west.code, None): 1}


def test_what_a_corrected_file_left_out_stands_in_no_later_grid_and_stays_in_the_fixed_one(
    town: Town, publisher: Municipality
) -> None:
    grid.fix(publisher, 2026)
    Area.objects.filter(pk=town.west.pk).update(is_retired=True)
    assert town.west.code in keys(grid.fix(publisher, 2026))[0]
    assert keys(grid.fix(publisher, 2027))[0] == [town.east.code, "overig"]
    assert town.west.code not in grid.borders(publisher, 2027)


def test_a_grid_keeps_whose_its_borders_are(town: Town, publisher: Municipality) -> None:
    Area.objects.update(attribution="Kadaster / CBS, 2025")
    assert grid.fix(publisher, 2026).attribution == "Kadaster / CBS, 2025"
    Area.objects.update(attribution="Een ander")
    assert grid.fix(publisher, 2026).attribution == "Kadaster / CBS, 2025"


def test_a_municipality_without_areas_hears_what_comes_first(town: Town, publisher: Municipality) -> None:
    empty = MunicipalityFactory.create(host="leeg.example")
    with pytest.raises(grid.GridError, match="load_areas"):
        grid.fix(empty, 2026)


@pytest.mark.parametrize("slug", ["dumping", "overig"])
def test_two_categories_with_one_key_are_refused_before_anything_is_stored(
    town: Town, publisher: Municipality, slug: str
) -> None:
    CategoryFactory.create(municipality=town.municipality, slug=slug, parent=None)
    if slug == "overig":
        CategoryFactory.create(municipality=town.municipality, slug=slug, parent=town.waste)
    with pytest.raises(grid.GridError, match=f"have the code {slug}"):
        grid.fix(publisher, 2026)
    assert not Grid.objects.exists()


def test_handling_time_is_counted_in_bands_by_when_it_was_closed(town: Town, publisher: Municipality) -> None:
    received = datetime(2026, 3, 5, 12, tzinfo=UTC)
    closed = [timedelta(hours=3), timedelta(days=1), timedelta(days=2), timedelta(days=40), timedelta(days=400), None]
    for duration in closed:
        melding = town.melding(received_at=received, category=town.dumping)
        Melding.objects.filter(pk=melding.pk).update(closed_at=duration and received + duration)
    handling = grid.Handling(
        (("dag", timedelta(days=1)), ("week", timedelta(weeks=1))), "langer", "open", date(2027, 4, 1)
    )
    counts = grid.count(grid.fix(publisher, 2026), date(2026, 1, 1), date(2027, 1, 1), handling)
    own = (town.west.code, "dumping")
    assert counts == {(*own, "dag"): 2, (*own, "week"): 1, (*own, "langer"): 1, (*own, "open"): 2}
