from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from meldingen.places import landmarks
from tests.factories import Town
from tests.owner import as_owner
from tests.places import landmark

ALIKE = "pg_trgm.word_similarity_threshold"


@pytest.fixture
def drawn(town: Town) -> None:
    for kind, name in (
        ("groen", "Stadspark"),
        ("gebouw", "Centraal Station"),
        ("gebouw", "Grote Kerk"),
        ("gebouw", "Zwembad De Plons"),
        ("water", "Haven"),
    ):
        landmark(town, kind, name)


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Stadspark", "Stadspark"),
        ("stadpark", "Stadspark"),
        ("in het stadspark", "Stadspark"),
        ("het station", "Centraal Station"),
        ("zwembad", "Zwembad De Plons"),
        ("grote kerk", "Grote Kerk"),
        ("de haven", "Haven"),
        ("hav", "Haven"),
    ],
)
def test_a_place_is_found_as_people_call_it(town: Town, typed: str, first: str) -> None:
    assert landmarks.by_name(town.municipality, typed)[0].name == first


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("typed", ["", "ha", "de", "3111 AB", "achter de school", "%%%", "___", "'; DROP TABLE", "\0"])
def test_what_names_no_place_finds_none(town: Town, typed: str) -> None:
    assert list(landmarks.by_name(town.municipality, typed)) == []


def test_the_buurt_is_known_where_all_of_it_lies_in_one(town: Town) -> None:
    landmark(town, "groen", "Stadspark")
    landmark(town, "water", "Singel", east=town.west.geometry.extent[2] - town.point().x)
    (park,) = landmarks.by_name(town.municipality, "stadspark")
    (water,) = landmarks.by_name(town.municipality, "singel")
    assert (park.buurt_code, park.buurt_name, water.buurt_code) == (town.west.code, town.west.name, "")
    both = sorted([town.east.name, town.west.name])
    assert [each.name for each in landmarks.buurten_of(town.municipality, water)] == both
    assert [each.buurt_name for each in landmarks.choices_of(town.municipality, "singel")] == both


def test_what_was_chosen_is_read_back(town: Town) -> None:
    landmark(town, "groen", "Park 1940, oost")
    (choice,) = landmarks.choices_of(town.municipality, "park 1940")
    assert landmarks.read_choice(choice.value) == ("Park 1940, oost", town.west.code)
    assert landmarks.read_choice("Dorpsstraat 12, Stad") == ("", "")


@pytest.mark.parametrize(("name", "typed"), [("Park", "Parkstraat"), ("Kerk", "Kerkstraat"), ("Stadspark", "Stad")])
def test_a_street_is_no_place_that_only_begins_like_it(town: Town, name: str, typed: str) -> None:
    landmark(town, "groen", name)
    assert bool(landmarks.by_name(town.municipality, typed)) == (typed == "Stad")


@pytest.mark.usefixtures("drawn")
def test_the_neighbour_knows_none_of_them(neighbour: Town) -> None:
    assert not landmarks.by_name(neighbour.municipality, "stadspark")


@pytest.fixture
def many(town: Town) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO meldingen_landmark (municipality_id, kind, name, key, geometry) SELECT %s, 'groen', "
            "md5(n::text), md5(n::text), ST_SetSRID(ST_MakePoint(85000, 436000), 28992) "
            "FROM generate_series(1, 20000) n", [town.municipality.pk],
        )  # fmt: skip
    as_owner("ANALYZE meldingen_landmark")
    return town.municipality.pk


def test_names_are_found_by_an_index(many: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT proconfig, prosrc FROM pg_proc WHERE proname = 'meldingen_landmarks_alike'")
        config, source = cursor.fetchone()
        assert config == ["enable_seqscan=off", "enable_indexscan=off", f"{ALIKE}={landmarks.LEAST}"]
        for setting in config:
            cursor.execute(f"SET LOCAL {setting}")
        query = source.replace("here", "%(here)s").replace("typed", "%(typed)s").replace("begins", "%(begins)s")
        escaped = query.replace("%>", "%%>")
        cursor.execute(f"EXPLAIN {escaped}", {"here": many, "typed": "stadspark", "begins": "stadspark%"})
        assert "landmark_typos" in "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.usefixtures("drawn")
def test_one_question_is_one_query(town: Town, django_assert_num_queries: Callable[..., Any]) -> None:
    with django_assert_num_queries(1):
        assert landmarks.by_name(town.municipality, "stadspark")
    with django_assert_num_queries(0):
        assert not landmarks.by_name(town.municipality, "3111 AB")
