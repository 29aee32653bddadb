import pytest
from django import forms

from meldingen.forms.fields import CodeField, DegreesField, EmailField, TextField, clean_text


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("a\x00b\x07", "ab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("tab\tblijft", "tab\tblijft"),
        ("\ud800", ""),
        ("👨‍👩‍👧 \u202eabc", "👨‍👩‍👧 \u202eabc"),
    ],
)
def test_only_what_nobody_types_is_taken_out(typed, clean):
    assert clean_text(typed) == clean


@pytest.mark.parametrize(("typed", "value"), [("52,1", 52.1), (" 4.9 ", 4.9), ("", None), ("-0", 0.0)])
def test_degrees_take_a_point_or_a_comma(typed, value):
    assert DegreesField(required=False).clean(typed) == value


@pytest.mark.parametrize("typed", ["nan", "1e999", "4.9.1", "52°"])
def test_degrees_are_a_number(typed):
    with pytest.raises(forms.ValidationError):
        DegreesField().clean(typed)


def test_a_limit_is_not_cut_off_by_the_browser():
    assert "maxlength" not in TextField(max_length=10).widget_attrs(forms.TextInput())


@pytest.mark.parametrize("typed", ["a b", "x" * 81, "a\n", "é!"])
def test_a_code_has_the_shape_of_a_code(typed):
    with pytest.raises(forms.ValidationError):
        CodeField(strip=False).clean(typed)


def test_an_address_loses_the_characters_that_came_along():
    assert EmailField().clean("sam@example.org\x00") == "sam@example.org"
