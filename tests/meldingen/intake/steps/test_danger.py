import pytest

from meldingen.intake.steps.danger import DANGER
from meldingen.intake.submission import Submission


@pytest.mark.parametrize(
    ("text", "answer", "asked"),
    [
        ("Er is brand in huis", "", True),
        ("Het ruikt hier naar gas", "", True),
        ("Er is brand in huis", "called", False),
        ("Er is brand in huis", "safe", False),
        ("Het putdeksel is weg", "", False),
        ("De lamp is kapot", "", False),
    ],
)
def test_who_may_be_in_danger_is_told_to_call_once(text: str, answer: str, asked: bool) -> None:
    assert DANGER.applies(Submission(text=text, danger_answer=answer)) is asked


@pytest.mark.parametrize(("answer", "stored"), [("called", "called"), ("safe", "safe"), ("nee", ""), ("", "")])
def test_only_a_known_answer_is_passed_on(answer: str, stored: str) -> None:
    assert DANGER.said({"danger_answer": answer}) == {"danger_answer": stored}
