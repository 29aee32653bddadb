import pytest
from django import forms

from meldingen.fields import TextField
from meldingen.intake.fields import CodeField, DegreesField, MetresField


def test_a_text_is_in_one_spelling_before_it_is_measured() -> None:
    assert TextField(max_length=4).clean("cafe\u0301\x00") == "café"
    with pytest.raises(forms.ValidationError):
        TextField(max_length=4).clean("\ufdfa")


@pytest.mark.parametrize(("typed", "value"), [("52,1", 52.1), (" 4.9 ", 4.9), ("", None), ("-0", 0.0)])
def test_degrees_take_a_point_or_a_comma(typed: str, value: float | None) -> None:
    assert DegreesField(required=False).clean(typed) == value


@pytest.mark.parametrize("typed", ["nan", "1e999", "4.9.1", "52°"])
def test_degrees_are_a_number(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        DegreesField().clean(typed)


def test_a_limit_is_not_cut_off_by_the_browser() -> None:
    assert "maxlength" not in TextField(max_length=10).widget_attrs(forms.TextInput())


@pytest.mark.parametrize("typed", ["a b", "x" * 81, "a\n", "é!"])
def test_a_code_has_the_shape_of_a_code(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        CodeField(strip=False).clean(typed)


@pytest.mark.parametrize(
    ("sent", "value"), [("4", 4), ("99999", MetresField.MOST), ("-1", None), ("²", None), ("x", None)]
)
def test_what_is_no_number_of_metres_counts_as_not_known(sent: str, value: int | None) -> None:
    assert MetresField(required=False).clean(sent) == value
