import pytest

from meldingen.intake.forms import CallerForm, WhatForm, WhereForm, WhoForm
from meldingen.intake.submission import MAX_TEXT


def test_a_text_may_be_as_long_as_intake_takes():
    assert WhatForm({"text": "é" * MAX_TEXT}).is_valid()
    assert not WhatForm({"text": "é" * (MAX_TEXT + 1)}).is_valid()
    assert str(MAX_TEXT) in str(WhatForm().fields["text"].help_text)


@pytest.mark.parametrize("given", ["latitude", "longitude"])
def test_half_a_pin_is_no_pin(given):
    form = WhereForm({given: "4"})
    assert not form.is_valid()
    assert given not in form.errors


def test_nobody_has_to_say_who_they_are():
    assert WhoForm({}).is_valid()


# Every part of it is right; only the whole is longer than an address can be.
LONG = f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 60}.nl"


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
def test_an_address_that_we_cannot_write_to_is_refused(form, more, email):
    assert list(form(more | {"email": email}).errors) == ["email"]


def test_what_nobody_sees_is_dropped_from_address_and_number():
    form = WhoForm({"email": "\u202ajan@example.nl\u202c", "phone": "\u200e06\u00a012345678\ufeff"})
    assert form.is_valid()
    assert (form.cleaned_data["email"], form.cleaned_data["phone"]) == ("jan@example.nl", "06 12345678")
