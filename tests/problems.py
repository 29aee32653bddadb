"""What a program reads of a problem."""

from typing import Any


def problem_of(answer: Any) -> dict[str, Any]:
    """The body of a 4xx or 5xx, which is a problem and says the status of the answer."""
    said: dict[str, Any] = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= set(said)
    assert said["status"] == answer.status_code
    return said


def words_of(answer: Any) -> list[str]:
    """A sentence for each thing that is wrong; the one of the whole where nothing is named."""
    said = problem_of(answer)
    return [error["detail"] for error in said.get("errors", [])] or [said["detail"]]


def places_of(answer: Any) -> list[str]:
    """Where it is wrong: pointers in a body, names of parameters and headers."""
    return [place for error in problem_of(answer)["errors"] for place in error["location"].values()]
