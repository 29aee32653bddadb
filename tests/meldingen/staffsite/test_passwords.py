import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from meldingen.staffsite.passwords import LongEnough


@pytest.mark.parametrize(("language", "words"), [("nl", "ten minste 12 tekens"), ("en", "at least 12 characters")])
def test_a_short_password_is_refused_with_the_length_in_the_language_of_the_reader(language: str, words: str) -> None:
    rule = LongEnough(12)
    with translation.override(language):
        with pytest.raises(ValidationError, match=words):
            rule.validate("x" * 11)
        assert "12" in rule.get_help_text()


def test_a_password_of_that_length_is_long_enough() -> None:
    LongEnough(12).validate("x" * 12)
