"""Questions and answers of programs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from meldingen.questions.models import Reply
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.questions.asked import colour_of, question_of

Send = Callable[..., Any]


@pytest.fixture
def send(resident: Client, town: Town) -> Send:
    def run(*answers: dict[str, Any]) -> Any:
        body = {"text": "Vol", "place": {"buurt": town.west.code}, "category": "container-vol", "answers": answers}
        return resident.post(
            "/api/v1/meldingen", body, content_type="application/json", headers={"accept-language": "nl"}
        )

    return run


def test_a_program_reads_what_a_category_asks(resident: Client, town: Town) -> None:
    colour_of(town, is_required=True)
    (question,) = resident.get("/api/v1/categorieen/container-vol/vragen").json()["questions"]
    assert (question["question"], question["version"], question["kind"], question["needed"]) == (
        "kleur", 1, "one", True,
    )  # fmt: skip
    assert question["choices"][1] == {"code": "rood-licht", "name": {"nl": "Rood licht", "en": "Red light"}}


@pytest.mark.parametrize("slug", ["bestaat-niet", "afval"])
def test_a_category_that_no_melding_may_carry_is_not_found(resident: Client, town: Town, slug: str) -> None:
    question_of(town, category=town.waste)
    assert resident.get(f"/api/v1/categorieen/{slug}/vragen").status_code == 404


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [("text", "L-12", "L-12"), ("number", 12.5, "12.5"), ("yes_no", True, "yes"), ("several", ["wit"], "wit")],
)
def test_an_answer_is_what_json_has_for_it(town: Town, send: Send, kind: str, value: Any, stored: str) -> None:
    colour_of(town, kind=kind)
    assert send({"question": "kleur", "version": 1, "value": value}).status_code == 201
    assert Reply.objects.get(melding=Melding.objects.get()).value == stored


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"question": "kleur", "value": "blauw"}, "unknown"),
        ({"question": "kleur", "version": 9, "value": "wit"}, "changed"),
        ({"question": "zakken", "value": "3"}, "elsewhere"),
        ({"question": "vroeger", "value": "3"}, "retired"),
    ],
)
def test_what_is_wrong_is_said_with_its_question(town: Town, send: Send, answer: dict[str, Any], code: str) -> None:
    colour_of(town)
    question_of(town, "zakken", category=town.dumping)
    question_of(town, "vroeger", is_active=False)
    response = send(answer)
    assert (response.status_code, [error["code"] for error in response.json()["errors"]]) == (400, [code])
    assert not Melding.objects.exists()


def test_what_must_be_answered_is_asked_of_a_program_too(town: Town, send: Send) -> None:
    colour_of(town, is_required=True)
    question_of(town, is_required=True)
    assert [error["code"] for error in send().json()["errors"]] == ["missing", "missing"]


@pytest.mark.parametrize("value", [{"a": 1}, [1], ["x"] * 21, float("1e400"), "x" * 501])
def test_what_is_no_answer_at_all_is_a_400(town: Town, send: Send, value: Any) -> None:
    question_of(town)
    assert send({"question": "nummer", "value": value}).status_code == 400
