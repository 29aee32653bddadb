import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from meldingen.categories import choices
from meldingen.places import areas
from meldingen.places.models import Area
from meldingen.record import queries
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality
from meldingen.texts import normal
from tests.factories import AreaFactory, CategoryFactory, Town


def test_buurten_are_those_of_this_year_and_municipality_by_name(town: Town, neighbour: Town) -> None:
    AreaFactory.create(
        municipality=town.municipality, level="buurt", parent=town.wijk, vintage=2019, code="BU00009999", name="A"
    )
    assert list(areas.buurten(town.municipality)) == sorted([town.west, town.east], key=lambda area: area.name)


def test_categories_are_those_that_may_be_chosen(town: Town, neighbour: Town) -> None:
    CategoryFactory.create(municipality=town.municipality, slug="oud", parent=town.waste, is_active=False)
    assert set(choices.categories(town.municipality)) == {town.container, town.dumping}


def test_categories_bring_their_main_category_along(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert {category.parent for category in choices.categories(town.municipality)} == {town.waste}


def test_followed_finds_by_the_whole_token_only(town: Town, neighbour: Town) -> None:
    melding = town.melding()
    assert queries.followed(town.municipality, melding.follow_token) == melding
    assert queries.followed(town.municipality, melding.follow_token[:-1]) is None
    assert queries.followed(neighbour.municipality, melding.follow_token) is None


def test_public_events_are_received_moved_and_answered(town: Town) -> None:
    melding = town.melding()
    assert [event.kind for event in queries.public_events(melding)] == ["received"]


def test_a_withdrawn_buurt_is_not_offered(town: Town) -> None:
    Area.objects.filter(pk=town.west.pk).update(is_retired=True)
    assert list(areas.buurten(town.municipality)) == [town.east]


def test_former_buurten_are_those_with_meldingen_under_a_code_that_is_gone(
    town: Town, neighbour: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    town.melding()
    neighbour.melding(buurt=neighbour.east)
    Municipality.objects.all().update(area_vintage=2026)
    town.municipality.refresh_from_db()
    AreaFactory.create(
        municipality=town.municipality, level="buurt", parent=town.wijk, vintage=2026, code=town.east.code
    )
    with django_assert_num_queries(1):
        assert queries.former_buurten(town.municipality) == [(town.west.code, town.west.name, 2025)]


def test_the_search_for_former_buurten_is_one_look_into_an_index_for_each_of_them(town: Town) -> None:
    with CaptureQueriesContext(connection) as asked:
        queries.former_buurten(town.municipality)
    assert "EXISTS(SELECT 1 AS " in asked[0]["sql"]  # stops at the first
    with connection.cursor() as cursor:
        kept = connection.introspection.get_constraints(cursor, Melding._meta.db_table)
    assert kept["melding_by_buurt"]["columns"][:2] == ["municipality_id", "buurt_id"]


def test_the_source_of_the_borders_in_use_is_that_of_the_gemeente(town: Town) -> None:
    assert areas.attribution(town.municipality) == ""
    Area.objects.filter(pk=town.gemeente.pk).update(attribution="Kadaster")
    assert areas.attribution(town.municipality) == "Kadaster"


STORED = ["Overlast bij cafe\u0301 Bellevue", "\u0132sbaan is kapot", "Lamp kapot"]


def as_stored(town: Town, text: str, place_text: str = "") -> None:
    """A row of a version that took texts as they came."""
    melding = town.melding(text="x")
    Melding.objects.filter(pk=melding.pk).update(text=text, place_text=place_text)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("café", STORED[0]), ("cafe", STORED[0]), ("CAFE\u0301", STORED[0]),
        ("ijsbaan", STORED[1]), ("\u0133sbaan", STORED[1]),
        ("Dorpsstraat", STORED[2]), ("Cote d'Azur", STORED[2]), ('"lamp kapot"', STORED[2]), ("straat lamp", None),
    ],
)  # fmt: skip
def test_words_are_found_in_text_and_place_whatever_the_accents(town: Town, words: str, found: str | None) -> None:
    as_stored(town, STORED[0])
    as_stored(town, STORED[1])
    as_stored(town, STORED[2], "Dorpsstraat\u00a012, Co\u0302te d'Azur")
    rows = queries.with_words(Melding.objects.all(), normal(words))
    assert list(rows.values_list("text", flat=True)) == ([found] if found else [])


def test_a_reference_is_found_in_what_somebody_said(town: Town, neighbour: Town) -> None:
    melding = town.melding(reference="67D0B5GA")
    neighbour.melding(reference="0A1B2C3D")
    own = Melding.objects.filter(municipality=town.municipality)
    assert list(queries.with_reference(own, "meldingen #67d0-b5ga en 0A1B-2C3D.")) == [melding]
