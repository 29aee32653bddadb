"""Answers in words, for pages and tables."""

from pytest_django import DjangoAssertNumQueries

from meldingen.languages import Texts
from meldingen.questions import asking, changing
from meldingen.questions.asking import Entry
from meldingen.questions.reading import answers_of
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.questions.asked import colour_of, question_of


def answer(town: Town, *entries: Entry) -> Melding:
    melding = town.melding(category=town.container)
    asking.keep(melding, entries)
    return melding


def test_old_answers_keep_the_words_they_were_asked_with(town: Town) -> None:
    colour = colour_of(town)
    melding = answer(town, Entry("kleur", 1, "wit"))
    colour.question_texts, colour.choice_texts = Texts(nl="Welke tint?"), Texts(nl="Warm\nKoel")
    changing.save(colour)
    (said,) = answers_of(town.municipality, [melding.pk])[melding.pk]
    assert (said.code, said.version, said.question, said.answer) == ("kleur", 1, "Wat is kleur?", "Wit")


def test_they_are_read_in_the_language_of_who_reads(town: Town) -> None:
    colour_of(town)
    melding = answer(town, Entry("kleur", 1, "rood-licht"))
    (said,) = answers_of(town.municipality, [melding.pk], "en")[melding.pk]
    assert (said.question, said.answer) == ("What is kleur?", "Red light")


def test_another_category_leaves_them_readable(town: Town) -> None:
    question_of(town)
    melding = answer(town, Entry("nummer", 1, "12"))
    Melding.objects.filter(pk=melding.pk).update(category=town.dumping)
    assert [each.answer for each in answers_of(town.municipality, [melding.pk])[melding.pk]] == ["12"]


def test_many_meldingen_are_one_query(town: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    question_of(town)
    ids = [answer(town, Entry("nummer", 1, str(number))).pk for number in range(3)]
    with django_assert_num_queries(1):
        assert sorted(answers_of(town.municipality, ids)) == ids


def test_the_neighbour_reads_none(town: Town, neighbour: Town) -> None:
    question_of(town)
    melding = answer(town, Entry("nummer", 1, "12"))
    assert answers_of(neighbour.municipality, [melding.pk]) == {}
