import json
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import UnreadablePostError
from django.utils import translation
from rest_framework.exceptions import ErrorDetail, UnsupportedMediaType, ValidationError

from meldingen.api.answers import NotHere, TooMany, WrongIn, answer
from tests.sure import sure


def body_of(error: Exception) -> dict[str, Any]:
    with translation.override("en"):
        content: dict[str, Any] = json.loads(sure(answer(error, {})).content)
    return content


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RequestDataTooBig(), 413),
        (UnreadablePostError(), 400),
        (UnsupportedMediaType("text/plain"), 415),
        (NotHere("x"), 404),
    ],
)
def test_what_is_refused_before_it_is_read_is_a_problem_too(error: Exception, status: int) -> None:
    assert body_of(error)["status"] == status


def test_what_is_a_fault_of_ours_is_left_to_the_error_pages() -> None:
    assert answer(KeyError("secret"), {}) is None


def test_who_sends_too_much_hears_how_long_to_wait() -> None:
    response = sure(answer(TooMany("Wait.", 2.4), {}))
    assert (response.status_code, response["Retry-After"]) == (429, "3")


def test_one_thing_that_is_wrong_is_the_sentence_and_several_are_counted() -> None:
    one = {"text": [ErrorDetail("Say what is wrong.", "blank")]}
    assert body_of(ValidationError(one))["detail"] == "Say what is wrong."
    two = one | {"place": {"buurt": [ErrorDetail("Not here.", "unknown")]}}
    found = body_of(ValidationError(two))
    assert found["detail"].startswith("2 things are not right")
    assert [error["location"]["pointer"] for error in found["errors"]] == ["#/text", "#/place/buurt"]


def test_what_is_taken_already_is_a_409_at_the_header() -> None:
    found = body_of(WrongIn({"header": {"Idempotency-Key": [ErrorDetail("Used.", "used")]}, "body": {}}, taken=True))
    assert (found["status"], found["errors"][0]["in"]) == (409, "header")
    assert found["errors"][0]["location"] == {"name": "Idempotency-Key"}
