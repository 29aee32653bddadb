"""What a category asks, and which answers are right."""

from collections.abc import Sequence

import pytest
from pytest_django import DjangoAssertNumQueries

from meldingen.categories.models import Category
from meldingen.questions import asking
from meldingen.questions.asking import Entry, WrongAnswers
from meldingen.questions.models import Reply
from tests.factories import Town
from tests.meldingen.questions.asked import colour_of, question_of


def codes(category: Category | None, entries: Sequence[Entry], *, is_complete: bool = True) -> dict[str, str]:
    """What is wrong with these, by question."""
    try:
        asking.check(category, entries, is_complete=is_complete)
    except WrongAnswers as wrong:
        return {question: refused.code for question, refused in wrong.wrong.items()}
    return {}


def test_a_category_asks_what_its_main_one_asks_too_in_one_order(town: Town) -> None:
    question_of(town, "laatste", position=30)
    question_of(town, "eerste", category=town.waste, position=5)
    question_of(town, "weg", is_active=False)
    question_of(town, "ander", category=town.dumping)
    assert [question.slug for question in asking.questions_of(town.container)] == ["eerste", "laatste"]


def test_questions_of_the_neighbour_are_not_asked(town: Town, neighbour: Town) -> None:
    question_of(neighbour)
    assert asking.questions_of(town.container) == []


def test_a_category_that_asks_nothing_costs_no_query(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        category = Category.objects.of(town.municipality).annotate(asks=asking.ASKS).get(slug="container-vol")
        assert asking.questions_of(category) == []
        asking.check(category, [])


def test_right_answers_are_kept_with_the_words_they_were_asked_with(town: Town) -> None:
    colour = colour_of(town, version=3)
    melding = town.melding(category=town.container)
    asking.keep(melding, [Entry("kleur", 3, "wit")])
    reply = Reply.objects.get()
    assert (reply.question, reply.version, reply.value) == (colour, 3, "wit")
    assert (reply.question_texts["nl"], dict(reply.choice_texts)) == ("Wat is kleur?", {"nl": "Wit", "en": "White"})


def test_an_empty_answer_is_not_kept(town: Town) -> None:
    question_of(town)
    asking.keep(town.melding(category=town.container), [Entry("nummer", 1, " ")])
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Entry("kleur", 1, "blauw"), "unknown"),
        (Entry("kleur", 2, "wit"), "changed"),
        (Entry("ander", 1, "x"), "elsewhere"),
        (Entry("bestaat-niet", 1, "x"), "elsewhere"),
        (Entry("vroeger", 1, "x"), "retired"),
    ],
)
def test_each_wrong_answer_has_its_own_word(town: Town, entry: Entry, code: str) -> None:
    colour_of(town)
    question_of(town, "ander", category=town.dumping)
    question_of(town, "vroeger", is_active=False)
    assert codes(town.container, [entry]) == {entry.question: code}


def test_the_neighbours_question_cannot_be_answered(town: Town, neighbour: Town) -> None:
    question_of(neighbour, category=neighbour.container)
    assert codes(town.container, [Entry("nummer", 1, "12")]) == {"nummer": "elsewhere"}


def test_without_a_category_nothing_can_be_answered(town: Town) -> None:
    question_of(town)
    assert codes(None, [Entry("nummer", 1, "12")]) == {"nummer": "elsewhere"}
    assert codes(None, []) == {}


def test_who_answers_twice_is_asked_which_it_is(town: Town) -> None:
    question_of(town)
    assert codes(town.container, [Entry("nummer", 1, "12"), Entry("nummer", 1, "13")]) == {"nummer": "twice"}


@pytest.mark.parametrize(("is_complete", "code"), [(True, {"nummer": "missing"}), (False, {})])
def test_what_must_be_answered_is_missed_unless_there_is_danger(
    town: Town, is_complete: bool, code: dict[str, str]
) -> None:
    question_of(town, is_required=True)
    assert codes(town.container, [Entry("nummer", 1, "")], is_complete=is_complete) == code
    assert codes(town.container, [], is_complete=is_complete) == code
    assert codes(town.dumping, [], is_complete=is_complete) == {}


def test_all_that_is_wrong_is_said_at_once_with_its_question(town: Town) -> None:
    colour_of(town)
    question_of(town, is_required=True)
    with pytest.raises(WrongAnswers) as wrong:
        asking.check(town.container, [Entry("kleur", 1, "blauw")])
    assert [words.split("”")[0] for _code, words in wrong.value.each()] == ["“Wat is kleur?", "“Wat is nummer?"]
