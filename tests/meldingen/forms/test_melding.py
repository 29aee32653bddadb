import pytest

from meldingen.forms.melding import WhatForm, WhereForm, WhoForm
from meldingen.intake import MAX_TEXT


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


@pytest.mark.parametrize("email", ["nee", "a@b", "a@b.nl\nBcc: c@d.nl", "a" * 400 + "@example.org", LONG])
def test_an_address_that_is_none_is_refused(email):
    assert list(WhoForm({"email": email}).errors) == ["email"]
