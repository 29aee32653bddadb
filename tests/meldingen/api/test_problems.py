import json

import pytest
from django.utils import translation

from meldingen.api.problems import CONTENT_TYPE, Wrong, problem, titles


def test_a_problem_has_the_type_of_rfc_9457_and_is_kept_by_nobody() -> None:
    answer = problem(404, "Dit is er niet.")
    assert (answer["Content-Type"], answer["Cache-Control"], "Retry-After" in answer) == (
        CONTENT_TYPE,
        "no-store",
        False,
    )
    body = json.loads(answer.content)
    assert (body["status"], body["detail"], "errors" in body) == (404, "Dit is er niet.", False)


@pytest.mark.parametrize(("wait", "seconds"), [(0.2, "1"), (7.0, "7"), (0, "0")])
def test_how_long_to_wait_is_said_in_whole_seconds(wait: float, seconds: str) -> None:
    assert problem(429, "Wacht.", wait=wait)["Retry-After"] == seconds


def test_what_is_wrong_in_a_body_has_a_pointer_and_elsewhere_a_name() -> None:
    errors = json.loads(
        problem(400, "x", [Wrong("body", "#/text", "blank", "a"), Wrong("query", "page", "min", "b")]).content
    )
    assert errors["errors"] == [
        {"in": "body", "location": {"pointer": "#/text"}, "code": "blank", "detail": "a"},
        {"in": "query", "location": {"name": "page"}, "code": "min", "detail": "b"},
    ]


@pytest.mark.parametrize(("status", "like"), [(418, 400), (499, 400), (502, 500), (500, 500)])
def test_a_status_without_a_name_is_called_after_whose_fault_it_is(status: int, like: int) -> None:
    with translation.override("en"):
        assert titles(status) == titles(like)
        assert titles(400) != titles(500)
