import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.intake.steps.danger import DANGER
from meldingen.intake.submission import Submission
from tests.factories import Town


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
    assert DANGER.values({"danger_answer": answer}) == {"danger_answer": stored}


@pytest.mark.parametrize(
    ("text", "code"), [("çocuk suya düştü", "tr"), ("طفل في الماء", "ar"), ("kind in het water", "")]
)
def test_who_writes_in_another_language_reads_it_in_theirs_too(
    resident: Client, typed: dict[str, str], text: str, code: str
) -> None:
    page = BeautifulSoup(resident.post("/melden/", typed | {"text": text, "step": "what"}).content, "html.parser")
    assert page.select_one("input[name=step]")["value"] == "danger"  # type: ignore[index]
    assert len(page.select(f"button [lang={code}]" if code else "button [dir]")) == (2 if code else 0)
    assert [line["lang"] for line in page.select(".call__also")] == ([code] if code else [])


def test_of_what_is_dangerous_the_night_number_stays_first(resident: Client, town: Town, typed: dict[str, str]) -> None:
    town.municipality.night_phone = "14 0123"
    town.municipality.save()
    hole = typed | {"text": "Het putdeksel is weg", "step": "where"}
    page = BeautifulSoup(resident.post("/melden/", hole).content, "html.parser")
    assert "14 0123" in page.select_one(".call__now").text  # type: ignore[union-attr]
    assert "112" in page.select_one(".call__night").text  # type: ignore[union-attr]
