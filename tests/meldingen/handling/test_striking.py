"""Words that are struck out of a melding are gone."""

import pytest

from meldingen.handling import striking, triage
from meldingen.handling.triage import Case
from meldingen.record import queries
from meldingen.record.models import Event
from meldingen.record.models.melding import Melding
from meldingen.refusals import Refused
from tests.factories import Town


@pytest.fixture
def melding(town: Town) -> Melding:
    return town.melding(text="Bel Jan Jansen over de lamp, jan jansen!")


@pytest.fixture
def case(town: Town, melding: Melding) -> Case:
    return triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())


@pytest.mark.parametrize(
    ("words", "text"),
    [("jan  jansen", "Bel ▮▮▮ over de lamp, ▮▮▮!"), ("lamp", "Bel Jan Jansen over de ▮▮▮, jan jansen!")],
)
def test_words_are_struck_out_wherever_they_stand_and_history_does_not_say_which(
    case: Case, melding: Melding, words: str, text: str
) -> None:
    striking.strike(case, words)
    melding.refresh_from_db()
    assert (melding.text, melding.struck_at is not None) == (text, True)
    assert melding.events.get(kind=Event.Kind.STRUCK).codes == {}


@pytest.mark.parametrize(("words", "code"), [("piet", "not_there"), (" e ", "too_short")])
def test_what_does_not_stand_there_is_not_struck_out(case: Case, melding: Melding, words: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        striking.strike(case, words)
    assert refused.value.code == code
    assert not melding.events.filter(kind=Event.Kind.STRUCK).exists()


def test_notes_and_answers_lose_them_too_and_no_search_finds_them(case: Case, melding: Melding) -> None:
    triage.note(case, "Jan Jansen belde weer.")
    triage.answer(case, "Dag Jan Jansen, wij komen.")
    striking.strike(case, "jan jansen")
    assert melding.notes.get().text == "▮▮▮ belde weer."
    assert melding.answers.get().text == "Dag ▮▮▮, wij komen."
    assert not queries.with_words(Melding.objects.all(), "jansen").exists()
    assert queries.with_words(Melding.objects.all(), "lamp").get() == melding


def test_words_of_a_note_alone_are_struck_out(case: Case, melding: Melding) -> None:
    triage.note(case, "Bel mevrouw De Wit.")
    striking.strike(case, "de wit")
    assert melding.notes.get().text == "Bel mevrouw ▮▮▮."
    assert Melding.objects.get().text == melding.text


def test_where_they_stand_is_shown_before_and_nothing_is_changed(case: Case, melding: Melding) -> None:
    triage.note(case, f"{'Gebeld. ' * 10}Jan Jansen belde weer. {'Daarna niets. ' * 10}")
    shown = striking.passages(melding, "jan jansen")
    assert [str(each.where) for each in shown] == ["tekst", "notitie"]
    assert shown[0].then == "Bel ▮▮▮ over de lamp, ▮▮▮!"
    assert shown[1].now.startswith("…")
    assert "Jan Jansen belde weer." in shown[1].now
    assert len(shown[1].now) < 100
    melding.refresh_from_db()
    assert "Jan Jansen" in melding.text
