"""The ledger holds in the database, between processes, and after a restore."""

import threading
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import DatabaseError, IntegrityError, connection, transaction

from meldingen.tenancy.models.municipality import Municipality
from opendata import origin, releases
from opendata.models import Booking, Budget, Release, ReleaseFile
from opendata.models.exact import exact_decimal
from opendata.refusals import AlreadyPublished, NotTheOriginal
from tests.factories import Town
from tests.opendata.conftest import APRIL, MAY
from tests.owner import as_owner


def refused(match: str) -> Any:
    return pytest.raises(DatabaseError, match=match)


@pytest.fixture
def drawn(db: None, published_city: Town) -> list[Release]:
    """The releases of May, for a test that rolls back."""
    return list(Release.objects.filter(municipality=published_city.municipality))


@pytest.mark.parametrize("model", [Release, ReleaseFile, Booking])
def test_what_was_drawn_and_booked_is_never_changed_or_removed(drawn: list[Release], model: Any) -> None:
    with refused("permission denied"), transaction.atomic():
        model.objects.update(municipality=1)
    with refused("permission denied"), transaction.atomic():
        model.objects.filter(pk=model.objects.first().pk)._raw_delete("default")


@pytest.mark.parametrize("table", ["opendata_release", "opendata_releasefile", "opendata_booking"])
def test_not_by_the_owner_of_the_tables_either(drawn: list[Release], table: str) -> None:
    with refused("never changed"), transaction.atomic():
        as_owner(f"UPDATE {table} SET municipality_id = 1")
    with refused("never changed"), transaction.atomic():
        as_owner(f"DELETE FROM {table}")


def test_a_release_can_be_locked_and_not_renumbered(drawn: list[Release]) -> None:
    with refused("never changed"), transaction.atomic():
        Release.objects.select_for_update().get(pk=drawn[0].pk)
        Release.objects.filter(pk=drawn[0].pk).update(id=0)


def test_a_release_is_not_drawn_a_second_time(drawn: list[Release]) -> None:
    with refused("never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT opendata_store_draw(%s, '[]', 0, 'x', now())", [drawn[0].pk])


def test_a_budget_is_spent_by_bookings_alone(drawn: list[Release]) -> None:
    with refused("permission denied"), transaction.atomic():
        Budget.objects.update(spent=0)
    for change in ("spent = 0", "granted = 5"):
        with refused("bookings alone"), transaction.atomic():
            as_owner(f"UPDATE opendata_budget SET {change}")


def test_a_booking_beyond_the_budget_is_refused(drawn: list[Release]) -> None:
    booking = Booking.objects.earliest("pk")
    with refused("budget_not_overspent|booking_once"), transaction.atomic():
        booking.pk, booking.epsilon = None, Decimal("0.000000001")
        booking.save(force_insert=True)


def copy_of(release: Release, **values: Any) -> None:
    release.pk = release.chain_number = None
    for name, value in values.items():
        setattr(release, name, value)
    release.save(force_insert=True)


def check_now() -> None:
    """What is checked at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_release_without_its_booking_is_refused(drawn: list[Release]) -> None:
    with refused("booked on each"), transaction.atomic():
        copy_of(drawn[0], period="2026-04")
        check_now()


def month_of(release: Release, period: str) -> Budget:
    return Budget.objects.create(
        municipality=release.municipality, kind="maand", period=period, granted=Decimal(1), spent=Decimal(0)
    )


def book(budget: Budget, release: Release) -> None:
    Booking.objects.create(municipality=budget.municipality, budget=budget, release=release, epsilon=release.epsilon)


def test_a_release_that_another_month_pays_is_refused(drawn: list[Release]) -> None:
    march = month_of(drawn[0], "2026-03")
    april = {"period": "2026-04", "first_day": date(2026, 4, 1), "last_day": date(2026, 4, 30)}
    with refused("booked on each"), transaction.atomic():
        copy_of(drawn[0], **april)
        book(march, drawn[0])
        check_now()


def test_a_release_over_other_days_than_its_period_is_refused(drawn: list[Release]) -> None:
    april = month_of(drawn[0], "2026-04")
    with refused("days of its period"), transaction.atomic():
        copy_of(drawn[0], period="2026-04", first_day=date(2026, 4, 1), last_day=date(2026, 4, 29))
        book(april, drawn[0])
        check_now()


TABLES = ["opendata_release", "opendata_releasefile", "opendata_booking", "opendata_plannedtable", "opendata_budget"]


@pytest.mark.parametrize("table", [*TABLES, "analytics_grid"])
def test_the_application_does_not_empty_the_ledger(drawn: list[Release], table: str) -> None:
    with refused("permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_the_same_release_twice_is_refused_by_the_database_too(drawn: list[Release]) -> None:
    with pytest.raises(IntegrityError, match="release_once"), transaction.atomic():
        copy_of(drawn[0])


def publish_here(publisher: Municipality, outcomes: list[Any]) -> None:
    try:
        outcomes.append(len(releases.publish(publisher, MAY)))
    except AlreadyPublished:
        outcomes.append("refused")
    connection.close()


def test_two_at_once_draw_once(publisher: Municipality) -> None:
    outcomes: list[int | str] = []
    both = [threading.Thread(target=publish_here, args=(publisher, outcomes)) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(map(str, outcomes)) == ["3", "refused"]
    assert Budget.objects.get(municipality=publisher).spent == 1


def lose_the_releases() -> None:
    """What a restore from before the draw leaves: TRUNCATE passes the triggers as a restore does."""
    as_owner("TRUNCATE opendata_booking, opendata_releasefile, opendata_release, opendata_budget")


def test_a_database_restored_from_before_a_draw_does_not_draw_again(
    publisher: Municipality, may: list[Release]
) -> None:
    lose_the_releases()
    with pytest.raises(NotTheOriginal, match="restored or foreign"):
        releases.publish(publisher, MAY)
    assert not Release.objects.exists()


def test_a_copy_beside_another_storage_does_not_draw(publisher: Municipality, may: list[Release]) -> None:
    storages["releases"].delete(f"{publisher.code}/register.json")
    with pytest.raises(NotTheOriginal, match="looks like a copy"):
        releases.publish(publisher, APRIL)


def test_a_register_that_cannot_be_read_stops_everything(publisher: Municipality, may: list[Release]) -> None:
    storages["releases"].open(f"{publisher.code}/register.json", "wb").write(b"{")
    with pytest.raises(NotTheOriginal, match="cannot be read"):
        releases.publish(publisher, APRIL)


def test_a_lost_storage_is_registered_again_on_purpose(publisher: Municipality, may: list[Release]) -> None:
    storages["releases"].delete(f"{publisher.code}/register.json")
    assert origin.rebuild(publisher) == 3
    assert len(releases.publish(publisher, APRIL)) == 3


def test_a_dump_restored_over_the_database_makes_it_another_one(publisher: Municipality, may: list[Release]) -> None:
    original = origin.this_database()
    with transaction.atomic():
        as_owner("ALTER TABLE opendata_release RENAME TO was_before")
        as_owner("CREATE TABLE opendata_release (LIKE was_before INCLUDING ALL)")  # as pg_restore --clean does
        assert origin.this_database() != original
        transaction.set_rollback(True)
    assert origin.this_database() == original


def test_parts_of_a_budget_are_stored_exactly_or_not_at_all() -> None:
    assert exact_decimal(Fraction(3, 10)) == Decimal("0.3")
    with pytest.raises(ValueError, match="no exact decimal form"):
        exact_decimal(Fraction(1, 3))
