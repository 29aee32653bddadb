from django import forms

from meldingen.fields import TextField, Uncut


class LetterForm(forms.Form):
    short = Uncut(max_length=5)
    words = TextField(required=False)


def test_a_browser_cuts_nothing_off_and_the_server_says_what_is_too_long() -> None:
    form = LetterForm({"short": "veel te lang"})
    assert "maxlength" not in str(form["short"])
    assert form.errors.as_data()["short"][0].code == "max_length"


def test_a_text_comes_in_one_spelling_and_is_empty_where_only_spaces_are() -> None:
    form = LetterForm({"short": "a", "words": "  cafe\u0301\x07 "})
    assert form.is_valid()
    assert form.cleaned_data["words"] == "café"
    assert LetterForm({"short": "a", "words": " \u00a0"}).fields["words"].clean(" \u00a0") == ""
