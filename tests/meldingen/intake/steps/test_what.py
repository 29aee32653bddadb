from meldingen.intake.steps.what import WHAT, WhatForm
from meldingen.intake.submission import MAX_TEXT


def test_a_text_may_be_as_long_as_intake_takes() -> None:
    assert WhatForm({"text": "é" * MAX_TEXT}).is_valid()
    assert not WhatForm({"text": "é" * (MAX_TEXT + 1)}).is_valid()
    assert str(MAX_TEXT) in str(WhatForm().fields["text"].help_text)


def test_it_is_always_asked_again_on_the_way_back() -> None:
    assert WHAT.is_on_the_way_back
    assert WHAT.is_counted
