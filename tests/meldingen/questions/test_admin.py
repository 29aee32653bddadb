"""Questions in the staff site."""

from typing import Any

import pytest
from django.test import Client

from meldingen.questions.models import Question
from tests.factories import Town
from tests.meldingen.questions.asked import colour_of, question_of

LIST = "/beheer/meldingen/question/"


@pytest.fixture
def typed(town: Town) -> dict[str, Any]:
    return {
        "category": town.container.pk, "slug": "kleur", "question_texts_nl": "Welke kleur?", "kind": "one",
        "choice_texts_nl": "Wit\nRood", "position": 10, "is_active": "on",
    }  # fmt: skip


def test_a_manager_adds_a_question(manager: Client, town: Town, typed: dict[str, Any]) -> None:
    assert manager.post(f"{LIST}add/", typed).status_code == 302
    question = Question.objects.of(town.municipality).get()
    assert (question.category, question.choice_texts["nl"]) == (town.container, "Wit\nRood")


def test_other_words_make_a_version(manager: Client, town: Town, typed: dict[str, Any]) -> None:
    question = colour_of(town)
    assert manager.post(f"{LIST}{question.pk}/change/", typed).status_code == 302
    question.refresh_from_db()
    assert question.version == 2


def test_choices_that_nobody_can_choose_from_are_refused_at_their_field(manager: Client, typed: dict[str, Any]) -> None:
    answer: Any = manager.post(f"{LIST}add/", typed | {"choice_texts_nl": "Wit"})
    assert list(answer.context["adminform"].form.errors) == ["choice_texts"]


def test_a_code_of_another_question_is_refused(manager: Client, town: Town, typed: dict[str, Any]) -> None:
    question_of(town, "kleur")
    assert manager.post(f"{LIST}add/", typed).status_code == 200


def test_a_question_of_the_neighbour_is_not_there(manager: Client, neighbour: Town, typed: dict[str, Any]) -> None:
    foreign = question_of(neighbour)
    assert manager.get(f"{LIST}{foreign.pk}/change/").status_code == 404
    assert manager.post(f"{LIST}add/", typed | {"category": neighbour.container.pk}).status_code == 200


def test_a_reader_only_looks(reader: Client, town: Town, typed: dict[str, Any]) -> None:
    question_of(town)
    assert reader.get(LIST).status_code == 200
    assert reader.post(f"{LIST}add/", typed).status_code == 403
