"""Each way in which somebody finds a melding, and who may."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from meldingen.handling import finding
from meldingen.handling.finding import By
from meldingen.languages import Texts
from meldingen.places.models import Address, Asset, AssetKind, Street
from meldingen.record.models import Melding, Reporter
from meldingen.tenancy.models import AuditEntry, User
from tests.factories import Town, reporter_of
from tests.plans import plan_of
from tests.sure import sure


def found(town: Town, typed: str, by_contact: User | None = None) -> dict[int, By]:
    visible = Melding.objects.of(town.municipality)
    return finding.find(town.municipality, visible, typed, by_contact=by_contact).ids


@pytest.fixture
def called(town: Town) -> Melding:
    """One whose reporter left all that one can leave."""
    melding = town.melding(reference="0A1B2C3D", address="Dorpsstraat 12, Lindewaard", text="Een boom is om.")
    reporter_of(melding, "Wim.Jansen@example.org", name="Wim de Vries-Jansen", phone="06 - 12 34 56 78")
    town.melding(text="Iets anders.", address="Dorpsstraat 120, Lindewaard")
    return melding


@pytest.mark.parametrize(
    "spelling", ["0612345678", "06-12345678", "+31 6 12345678", "0031612345678", "(06) 123 456 78", "123 456 78"]
)
def test_a_number_in_any_spelling(town: Town, called: Melding, officer: User, spelling: str) -> None:
    assert found(town, spelling, officer) == {called.pk: By.PHONE}


@pytest.mark.parametrize("typed", ["wim.jansen@EXAMPLE.org", "Wim.Jansen@example.org"])
def test_an_address_for_mail(town: Town, called: Melding, officer: User, typed: str) -> None:
    assert found(town, typed, officer) == {called.pk: By.EMAIL}


@pytest.mark.parametrize("typed", ["de vries", "Vries", "wim vri", "jansen"])
def test_a_name_or_the_beginning_of_it(town: Town, called: Melding, officer: User, typed: str) -> None:
    assert found(town, typed, officer) == {called.pk: By.NAME}


@pytest.mark.parametrize("typed", ["0612345678", "wim.jansen@example.org", "vries"])
def test_who_may_not_see_reporters_does_not_find_by_them(town: Town, called: Melding, typed: str) -> None:
    assert found(town, typed) == {}
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("typed", ["oa1b-2c3d", "melding 0A1B2C3D"])
def test_a_reference_as_it_was_spelt(town: Town, called: Melding, typed: str) -> None:
    assert found(town, typed) == {called.pk: By.REFERENCE}


def test_a_street_with_its_number_and_a_street_alone(town: Town, called: Melding) -> None:
    assert found(town, "dorpsstraat 12") == {called.pk: By.PLACE}
    assert len(found(town, "Dorpsstraat")) == 2


def test_a_postcode_with_and_without_a_number(town: Town, called: Melding) -> None:
    own = {"municipality": town.municipality}
    street = Street.objects.create(**own, name="Dorpsstraat", place="Lindewaard", key="dorpsstraat", place_key="l")
    here = {"street": street, "buurt": town.west, "point": town.point(), "postcode": "1234AB"}
    Address.objects.create(**own, **here, number=12)
    assert found(town, "1234 ab") == found(town, "1234AB 12") == {called.pk: By.PLACE}
    assert found(town, "1234AB 13") == {}


def test_an_object_by_its_number(town: Town) -> None:
    own = {"municipality": town.municipality}
    name = Texts(nl="lamp")
    kind = AssetKind.objects.create(**own, slug="lamp", name_texts=name, plural_texts=name)
    lamp = Asset.objects.create(**own, buurt=town.west, point=town.point(), kind=kind, number="L-0412")
    melding = town.melding(asset=lamp)
    for typed in ("lamp l-0412", "L0412", "l 0412"):
        assert found(town, typed) == {melding.pk: By.OBJECT}


def test_words_find_what_was_written(town: Town, called: Melding) -> None:
    assert found(town, "bomen") == {called.pk: By.WORDS}


@pytest.mark.parametrize("typed", ["", " ", "x", "'", '"', "&|!:*", "@", "%", "\\", "a" * 5000])
def test_no_words_break_it(town: Town, called: Melding, officer: User, typed: str) -> None:
    assert found(town, typed, officer) == {}


def test_what_another_town_has_is_not_found(town: Town, neighbour: Town, called: Melding) -> None:
    theirs = neighbour.member()
    for typed in ("0A1B2C3D", "0612345678", "wim.jansen@example.org", "vries", "Dorpsstraat 12", "boom"):
        assert found(neighbour, typed, theirs) == {}


def test_that_somebody_looked_is_kept_and_not_for_what(town: Town, called: Melding, officer: User) -> None:
    found(town, "vries", officer)
    look = AuditEntry.objects.get()
    assert (look.actor, look.kind, look.codes, look.target) == (officer, "contact_searched", {"meldingen": 1}, "")


def plan_for(rows: QuerySet[Any]) -> str:
    sql, values = rows.values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        return plan_of(cursor.mogrify(sql, values).decode())


def test_each_is_found_in_an_index(town: Town, called: Melding) -> None:
    where, visible = town.municipality, Melding.objects.of(town.municipality)
    for digits in ("0612345678", "12345678"):
        assert "reporter_by_phone" in plan_for(finding._callers(where, digits))
    for typed in ("dorpsstraat 12", "dorpsstraat"):
        rows = finding._at(where, visible, typed)
        assert rows is not None
        assert "melding_by_street" in plan_for(rows)
    sql, values = finding._namesakes(where, "vries").values("pk").query.sql_with_params()
    with connection.cursor() as cursor:  # an index of words is read as a bitmap
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN {cursor.mogrify(sql, values).decode()}")
        assert "reporter_by_name" in str(cursor.fetchall())
    alike = Reporter.objects.filter(name__trigram_word_similar="vreis")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert "reporter_like_name" in alike.explain()


def test_a_neighbourhood_or_the_district_around_it_by_its_name(town: Town) -> None:
    west, east = town.melding(buurt=town.west), town.melding(buurt=town.east)
    assert found(town, town.west.name.upper()) == {west.pk: By.PLACE}
    wijk = sure(town.west.parent)
    assert found(town, wijk.name) == dict.fromkeys((east.pk, west.pk), By.PLACE)
