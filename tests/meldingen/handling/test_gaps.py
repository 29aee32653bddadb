"""What a colleague fills in themselves before a text goes out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from meldingen.demo.standard_texts import STANDARD_TEXTS
from meldingen.handling import triage
from meldingen.handling.bulk import Choice
from meldingen.handling.models import StandardText
from meldingen.handling.triage import Case
from meldingen.languages import Texts
from meldingen.record import workflow
from meldingen.record.models import Answer, Melding, Note
from meldingen.refusals import Refused
from meldingen.tenancy.models import User
from tests.factories import Town
from tests.meldingen.handling.bulk_of import begun, chosen

pytestmark = pytest.mark.usefixtures("published")
OPEN = "Beste melder,\n\nU hoort van ons op ___."


@pytest.fixture
def case(town: Town) -> Case:
    return Case(melding_id=town.melding().pk, municipality=town.municipality, actor=town.member())


ACTS: dict[str, Callable[[Case], None]] = {
    "answer": lambda case: triage.answer(case, OPEN),
    "ask": lambda case: triage.ask(case, OPEN),
    "close": lambda case: triage.close(case, "solved", OPEN),
    "schedule": lambda case: triage.schedule(case, (timezone.now() + timedelta(days=3)).date(), OPEN),
}


@pytest.mark.parametrize("act", ACTS)
def test_nothing_with_a_gap_goes_to_a_reporter(case: Case, act: str) -> None:
    with pytest.raises(Refused, match="gap") as refused:
        ACTS[act](case)
    assert (refused.value.field, "“U hoort van ons op ___”" in str(refused.value.message)) == ("text", True)
    assert not Answer.objects.exists()
    assert Melding.objects.get().state == workflow.NEW


def test_nor_when_it_is_opened_again_but_a_note_may_have_one(case: Case) -> None:
    triage.close(case, "solved", "Klaar.")
    with pytest.raises(Refused, match="gap"):
        triage.reopen(case, OPEN)
    triage.note(case, OPEN)
    assert Note.objects.get().text == OPEN


@pytest.mark.parametrize("text", ["Uw melding a_b is klaar __.", "U hoort van ons op 3 mei..."])
def test_what_is_no_gap_is_sent(case: Case, text: str) -> None:
    triage.answer(case, text)
    assert Answer.objects.get().text == text


def test_many_are_not_closed_with_a_gap_either(town: Town, officer: User) -> None:
    row = StandardText.objects.create(municipality=town.municipality, name="x", text_texts=Texts(nl="Nee, want ___."))
    act = chosen(town, officer, "close", [town.melding()])
    for choice in (Choice(outcome="declined", standard_text=row), Choice(outcome="declined", text="Nee, want ____")):
        with pytest.raises(Refused, match="gap"):
            begun(town, act, choice)


@pytest.mark.parametrize(("blank", "fits"), [("{dag}", False), ("{team}", False), ("{categorie}", True)])
def test_nor_with_a_blank_that_one_of_them_leaves_open(town: Town, officer: User, blank: str, fits: bool) -> None:
    act = chosen(town, officer, "close", [town.melding(category=town.dumping, deadline=None)])
    choice = Choice(outcome="solved", text=f"Klaar: {blank}.")
    if fits:
        assert begun(town, act, choice).stage == "running"
        return
    with pytest.raises(Refused, match="gap") as refused:
        begun(town, act, choice)
    assert blank in str(refused.value.message)


@pytest.mark.parametrize("words", [words for _name, _state, words in STANDARD_TEXTS])
def test_the_texts_of_the_demo_end_or_have_a_gap(words: str) -> None:
    assert words.endswith((".", "?"))
    assert "..." not in words
