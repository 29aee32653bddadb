import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.intake.step import Visit
from meldingen.intake.steps.what import WHAT, WhatForm
from meldingen.intake.submission import MAX_TEXT, Submission
from meldingen.tenancy.models import Municipality
from tests.factories import Town
from tests.sure import sure


def test_a_text_may_be_as_long_as_intake_takes() -> None:
    assert WhatForm({"text": "é" * MAX_TEXT}).is_valid()
    assert not WhatForm({"text": "é" * (MAX_TEXT + 1)}).is_valid()
    assert str(MAX_TEXT) in str(WhatForm().fields["text"].help_text)


def test_it_is_always_asked_again_on_the_way_back() -> None:
    assert WHAT.is_on_the_way_back
    assert WHAT.is_counted


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ({}, True),
        ({"step": "what", "language": "en"}, True),
        ({"step": "subject", "go": "what", "text": "Lamp"}, True),
        ({"step": "what", "go": "next"}, False),  # the summary of errors has it
    ],
)
def test_who_comes_to_write_begins_in_the_box_and_hears_whom_to_call(
    resident: Client, town: Town, typed: dict[str, str], begins: bool
) -> None:
    answer = resident.post("/melden/", typed) if typed else resident.get("/melden/")
    page = BeautifulSoup(answer.content, "html.parser")
    box = sure(page.select_one("textarea[name=text]"))
    assert box.has_attr("autofocus") is begins
    assert sure(page.select_one("#gevaar-nu")).select_one("a[href='tel:112']")
    assert "gevaar-nu" in str(box["aria-describedby"]).split()


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Lamp kapot, bel mij op 06-12345678", True),
        ("Lamp kapot. wim@example.org", True),
        ("Ik heb 14 0123 en 112 gebeld over lamp 0412 op 12-05-2026", False),
    ],
)
def test_who_put_a_number_or_an_address_in_the_text_hears_so_before_it_is_sent(text: str, is_told: bool) -> None:
    visit = Visit(municipality=Municipality(), sender=None, inputs={}, submission=Submission(text=text))
    assert bool(sure(WHAT.row(visit)).note) is is_told
