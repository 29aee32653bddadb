"""The page that asks what the chosen category wants to know."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.languages import Texts
from meldingen.questions import changing
from meldingen.questions.models import Question, Reply
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.questions.asked import colour_of, question_of
from tests.sure import sure

NUMBER = {"vraag-": "nummer:1", "vraag-nummer": "0412"}


@pytest.fixture
def at_questions(typed: dict[str, str]) -> dict[str, str]:
    """What the page of the questions sends besides its answers."""
    return typed | {"step": "questions", "category": "container-vol"}


def post(resident: Client, typed: dict[str, str], **more: str) -> BeautifulSoup:
    return BeautifulSoup(resident.post("/melden/", typed | more).content, "html.parser")


def heading(page: BeautifulSoup) -> str:
    return " ".join(sure(page.select_one("h1")).text.split())


def carried(page: BeautifulSoup) -> dict[str, str]:
    return {str(each["name"]): str(each.get("value", "")) for each in page.select("#melding input[type=hidden]")}


def send(resident: Client, page: BeautifulSoup) -> Any:
    return resident.post("/melden/", carried(page) | {"step": "check", "go": "next"})


@pytest.mark.parametrize(("category", "title"), [("container-vol", "Weet u dit ook?"), ("dumping", "Klopt dit?")])
def test_it_comes_after_the_place_where_the_subject_asks_something(
    resident: Client, town: Town, typed: dict[str, str], category: str, title: str
) -> None:
    question_of(town)
    assert heading(post(resident, typed, step="where", category=category)) == title


def test_each_kind_has_its_own_field(resident: Client, town: Town, typed: dict[str, str]) -> None:
    colour_of(town)
    for kind in ("text", "number", "date", "yes_no"):
        question_of(town, kind, kind=kind)
    colours = {"kind": "several", "choice_texts": Texts(nl="Wit\nRood")}
    question_of(town, "meer", **colours)
    page = post(resident, typed, step="where", category="container-vol")
    fields = {field["name"]: field.get("type") for field in page.select("#melding [name^='vraag-']")}
    assert fields == {
        "vraag-": "hidden", "vraag-kleur": "radio", "vraag-text": "text", "vraag-number": "text",
        "vraag-date": "date", "vraag-yes_no": "radio", "vraag-meer:wit": "checkbox", "vraag-meer:rood": "checkbox",
    }  # fmt: skip


def test_answers_are_on_the_last_page_and_stored_with_the_melding(
    resident: Client, town: Town, at_questions: dict[str, str]
) -> None:
    question_of(town)
    page = post(resident, at_questions, **NUMBER)
    assert heading(page) == "Klopt dit?"
    assert "0412" in sure(page.select_one(".summary")).text
    sent = send(resident, page)
    assert sent.status_code == 302
    assert Reply.objects.get(melding=Melding.objects.get()).value == "0412"
    assert "0412" in sure(BeautifulSoup(resident.get(sent.url).content, "html.parser").select_one("dl.summary")).text


def test_several_choices_are_all_kept(resident: Client, town: Town, at_questions: dict[str, str]) -> None:
    colour_of(town, kind="several")
    shown = {"vraag-": "kleur:1", "vraag-kleur:wit": "1", "vraag-kleur:rood-licht": "1"}
    send(resident, post(resident, at_questions, **shown))
    assert Reply.objects.get().value == "wit rood-licht"


def test_what_is_not_known_may_stay_empty(resident: Client, town: Town, at_questions: dict[str, str]) -> None:
    question_of(town)
    page = post(resident, at_questions, **NUMBER | {"vraag-nummer": ""})
    assert "Niet beantwoord" in sure(page.select_one(".summary")).text
    assert send(resident, page).status_code == 302


def test_what_is_wrong_is_said_at_each_field_and_stays(
    resident: Client, town: Town, at_questions: dict[str, str]
) -> None:
    question_of(town, kind="number")
    colour_of(town, is_required=True)
    page = post(resident, at_questions, **{"vraag-": "nummer:1 kleur:1", "vraag-nummer": "twaalf"})
    assert [link["href"] for link in page.select("#fouten a")] == ["#id_vraag-nummer", "#id_vraag-kleur"]
    field = sure(page.select_one("#id_vraag-nummer"))
    assert (field["value"], field["aria-describedby"]) == ("twaalf", "id_vraag-nummer_error")
    assert all(page.select_one(str(link["href"])) for link in page.select("#fouten a"))


def test_another_subject_asks_its_own_and_forgets_the_answers(
    resident: Client, town: Town, at_questions: dict[str, str]
) -> None:
    question_of(town)
    question_of(town, "zakken", category=town.dumping)
    page = post(resident, at_questions, **NUMBER)
    again = post(resident, carried(page), step="subject", category="dumping", is_changing="1", go="next")
    assert heading(again) == "Weet u dit ook?"
    assert again.select_one("[name='vraag-zakken']")
    send(resident, post(resident, carried(again), **{"vraag-zakken": "3"}, go="next"))
    assert [reply.question.slug for reply in Reply.objects.all()] == ["zakken"]


def test_a_question_that_reads_otherwise_by_now_is_asked_again(
    resident: Client, town: Town, at_questions: dict[str, str]
) -> None:
    question = question_of(town)
    page = post(resident, at_questions, **NUMBER)
    question.question_texts = Texts(nl="Welk nummer staat er?")
    changing.save(question)
    again = BeautifulSoup(send(resident, page).content, "html.parser")
    assert heading(again) == "Weet u dit ook?"
    assert "leest nu anders" in sure(again.select_one("#fouten")).text
    assert sure(again.select_one("#id_vraag-nummer"))["value"] == "0412"
    assert not Melding.objects.exists()


def test_a_question_that_is_not_asked_any_more_stops_nobody(
    resident: Client, town: Town, at_questions: dict[str, str]
) -> None:
    question_of(town)
    page = post(resident, at_questions, **NUMBER)
    Question.objects.update(is_active=False)
    assert send(resident, page).status_code == 302
    assert Melding.objects.exists()
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    "value",
    [
        "{",
        "[]",
        '{"category":"container-vol","answers":[[1]]}',
        "[" * 9000,
        '{"category":"container-vol","answers":[["a\\u0000",Infinity,"\\u0000"]]}',
    ],
)
def test_what_we_did_not_write_so_is_no_answer(resident: Client, town: Town, typed: dict[str, str], value: str) -> None:
    question_of(town, is_required=True)
    assert resident.post("/melden/", typed | {"category": "container-vol", "answers": value}).status_code == 302
    assert Melding.objects.exists()
    assert not Reply.objects.exists()


def test_a_forged_answer_of_another_category_is_left_out(resident: Client, town: Town, typed: dict[str, str]) -> None:
    question_of(town, category=town.dumping)
    forged = json.dumps({"category": "container-vol", "answers": [["nummer", 1, "12"]]})
    assert resident.post("/melden/", typed | {"category": "container-vol", "answers": forged}).status_code == 302
    assert not Reply.objects.exists()


def test_who_is_in_danger_is_asked_nothing(resident: Client, town: Town, typed: dict[str, str]) -> None:
    question_of(town, is_required=True)
    fire = typed | {"text": "Er is brand in de container", "danger_answer": "called", "category": "container-vol"}
    assert resident.post("/melden/", fire).status_code == 302


def test_another_language_keeps_what_was_answered(resident: Client, town: Town, at_questions: dict[str, str]) -> None:
    question_of(town)
    page = post(resident, at_questions, **NUMBER, language="en")
    assert "What is nummer?" in sure(page.select_one("label[for=id_vraag-nummer]")).text
    assert sure(page.select_one("#id_vraag-nummer"))["value"] == "0412"


def test_what_must_be_answered_is_missed_on_the_last_page_too(
    resident: Client, town: Town, at_questions: dict[str, str]
) -> None:
    question = question_of(town)
    page = post(resident, at_questions, **NUMBER | {"vraag-nummer": ""})
    question.is_required = True
    changing.save(question)
    again = BeautifulSoup(send(resident, page).content, "html.parser")
    assert [link["href"] for link in again.select("#fouten a")] == ["#id_vraag-nummer"]
    assert not Melding.objects.exists()
