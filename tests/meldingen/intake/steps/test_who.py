from typing import Any

import pytest
from django import forms

from meldingen.intake.step import Line, Visit
from meldingen.intake.steps.who import WHO, CallerForm, WhoForm
from meldingen.intake.submission import Submission
from meldingen.tenancy.models import Municipality, User

# Every part of it is right; only the whole is longer than an address can be.
LONG = f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 60}.nl"


def test_nobody_has_to_say_who_they_are() -> None:
    assert WhoForm({}).is_valid()


@pytest.mark.parametrize(
    "email",
    [
        "nee",
        "a@b",
        "a@b.nl\nBcc: c@d.nl",
        "a" * 400 + "@example.org",
        LONG,
        "a@[127.0.0.1]",
        "a@10.0.0.10",
        "a@pc.local",
    ],
)
@pytest.mark.parametrize(("form", "more"), [(WhoForm, {}), (CallerForm, {"channel": "phone"})])
def test_an_address_that_we_cannot_write_to_is_refused(
    form: type[forms.Form], more: dict[str, str], email: str
) -> None:
    assert list(form(more | {"email": email}).errors) == ["email"]


@pytest.mark.parametrize(("form", "more"), [(WhoForm, {}), (CallerForm, {"channel": "phone"})])
def test_a_number_that_we_cannot_call_is_refused_with_an_example(form: type[forms.Form], more: dict[str, str]) -> None:
    asked = form(more | {"phone": "nul zes"})
    assert list(asked.errors) == ["phone"]
    assert "06 12345678" in asked.errors["phone"][0]
    assert form(more | {"phone": "+31 (0)6-12345678"}).is_valid()


def lines(colleague: User | None = None, **said: Any) -> list[Line]:
    submission = Submission(text="x", entered_by=colleague, **said)
    row = WHO.row(Visit(municipality=Municipality(), sender=None, typed={}, submission=submission))
    assert row is not None
    return list(row.lines)


def test_the_last_page_says_what_was_filled_in_and_that_nothing_was() -> None:
    assert lines(name="Sam", phone="06") == [Line("Sam", "typed"), Line("06", "typed")]
    assert [line.look for line in lines()] == [""]


def test_a_colleague_reads_channel_and_language_too() -> None:
    said = lines(User(pk=1), source="phone", email="sam@example.org", language="en")
    assert [line.look for line in said] == ["", "typed", "hint"]
