from typing import Any

import pytest
from django.utils import timezone

from meldingen.exports import content
from meldingen.exports.columns import columns_of
from meldingen.handling.desk.asked import Unknown
from meldingen.questions import asking
from meldingen.tenancy.models import User
from meldingen.tenancy.roles import RIGHTS, standing_of
from tests.factories import Town, reporter_of
from tests.meldingen.exports.conftest import Asked
from tests.meldingen.questions.asked import question_of


def _ids(asked: Asked, town: Town, query: str, user: User | None = None) -> list[int]:
    export = asked(user, query)
    standing = standing_of(export.owner, town.municipality)
    return list(content.ids_of(content.meldingen_of(export, standing, timezone.now())))


def test_it_holds_what_the_inbox_shows_in_its_order(asked: Asked, town: Town, neighbour: Town) -> None:
    neighbour.melding()
    old, new = town.melding(), town.melding()
    assert _ids(asked, town, "list=open") == [new.pk, old.pk]


def test_filters_hold(asked: Asked, town: Town) -> None:
    one = town.melding(category=town.dumping)
    town.melding(category=town.container)
    assert _ids(asked, town, f"list=all&category={town.dumping.pk}") == [one.pk]


def test_a_category_that_is_retired_still_filters(asked: Asked, town: Town) -> None:
    one = town.melding(category=town.dumping)
    type(town.dumping).objects.filter(pk=town.dumping.pk).update(is_active=False)
    assert _ids(asked, town, f"list=all&category={town.dumping.pk}") == [one.pk]


def test_a_row_of_another_town_is_no_filter(asked: Asked, town: Town, neighbour: Town) -> None:
    with pytest.raises(Unknown):
        _ids(asked, town, f"list=all&team={neighbour.roads.pk}")


def test_confidential_ones_are_for_their_team_and_coordinators(asked: Asked, town: Town) -> None:
    type(town.dumping).objects.filter(pk=town.dumping.pk).update(is_confidential=True)
    secret = town.melding(category=town.dumping, team=town.cleaning)
    assert _ids(asked, town, "list=all", town.member("triage")) == []
    assert _ids(asked, town, "list=all", town.member("coordinator")) == [secret.pk]


def test_the_list_of_a_team_is_empty_for_who_is_in_none(asked: Asked, town: Town) -> None:
    town.melding(team=town.roads)
    assert _ids(asked, town, "list=my-team") == []


def test_a_line_says_what_where_and_how_long(town: Town, django_assert_num_queries: Any) -> None:
    melding = town.melding(category=town.container, team=town.roads, point=town.point(), text="Vol")
    reporter_of(melding, "sam@example.org", name="Sam", phone="0612345678")
    columns, now = columns_of(RIGHTS["manager"], with_contact=True), timezone.now()
    names = content.names_of(town.municipality)
    with django_assert_num_queries(3):
        (cells,) = content.cells_of(town.municipality, [melding.pk], columns, names, now)
    line = dict(zip([column.key for column in columns], cells, strict=True))
    assert (line["main_category"], line["category"], line["team"]) == ("Afval", "Container vol", "Wegen")
    assert (line["buurt"], line["text"], line["reporter_email"]) == (town.west.name, "Vol", "sam@example.org")
    assert (round(line["latitude"]), round(line["longitude"])) == (52, 4)  # type: ignore[arg-type]
    assert (line["hours_new"], line["hours_waiting"]) == (0.0, None)


def test_answers_are_one_column_with_their_questions(town: Town, django_assert_num_queries: Any) -> None:
    question_of(town)
    meldingen = [town.melding(category=town.container) for _number in range(3)]
    for melding in meldingen[:2]:
        asking.keep(melding, [asking.Entry("nummer", 1, "0412")])
    columns = [column for column in columns_of(RIGHTS["reader"], with_contact=False) if column.key == "answers"]
    names, ids = content.names_of(town.municipality), [melding.pk for melding in meldingen]
    with django_assert_num_queries(3):
        cells = list(content.cells_of(town.municipality, ids, columns, names, timezone.now()))
    assert cells == [["Wat is nummer?: 0412"], ["Wat is nummer?: 0412"], [""]]
