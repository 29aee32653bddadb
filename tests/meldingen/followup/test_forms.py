import pytest

from meldingen.followup.forms import AddForm, GradeForm, ShortfallForm, WithdrawForm


@pytest.mark.parametrize("text", ["", "  ", "\u200b\u0000", "x" * 5001])
def test_words_that_are_none_or_too_many_are_refused_with_words(text: str) -> None:
    form = AddForm({"text": text})
    assert not form.is_valid()
    assert form.errors["text"]


def test_a_reason_to_withdraw_is_not_needed() -> None:
    form = WithdrawForm({})
    assert form.is_valid()
    assert form.cleaned_data == {"text": ""}


@pytest.mark.parametrize("reason", ["", "kapot", "still_broken "])
def test_only_a_reason_of_the_list_counts(reason: str) -> None:
    assert not ShortfallForm({"reason": reason}).is_valid()


@pytest.mark.parametrize(("typed", "grade"), [("1", 1), ("5", 5), ("0", None), ("6", None), ("vijf", None)])
def test_a_grade_is_one_of_five(typed: str, grade: int | None) -> None:
    form = GradeForm({"grade": typed})
    form.is_valid()
    assert form.cleaned_data.get("grade") == grade
