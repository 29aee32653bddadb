from collections.abc import Callable
from typing import Any

import pytest

from meldingen.followup import adding
from meldingen.handling import triage
from meldingen.handling.formality import formal_ones, is_formal, with_additions
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from tests.factories import Town

OBJECTION = "Ik maak bezwaar tegen het besluit over de bomen."


def added(town: Town, words: str) -> Melding:
    melding = town.melding(text="De bomen zijn weg.")
    adding.add(town.municipality, melding.follow_token, words)
    return melding


def test_what_was_added_later_counts_and_stops_a_colleague_who_closes(town: Town) -> None:
    melding = added(town, OBJECTION)
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    with pytest.raises(Refused, match=r"^formal$"):
        triage.close(case, "solved")


def test_many_are_looked_at_in_one_question(town: Town, django_assert_num_queries: Callable[..., Any]) -> None:
    first, later, none = town.melding(text=OBJECTION), added(town, OBJECTION), added(town, "Nog een boom.")
    with django_assert_num_queries(1):
        assert formal_ones([first.pk, later.pk, none.pk]) == {first.pk, later.pk}


def test_of_a_row_with_additions_nothing_more_is_asked(
    town: Town, django_assert_num_queries: Callable[..., Any]
) -> None:
    melding = with_additions(Melding.objects.filter(pk=added(town, OBJECTION).pk)).get()
    with django_assert_num_queries(0):
        assert is_formal(melding)
