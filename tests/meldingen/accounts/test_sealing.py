"""A secret is read with the secret key alone."""

import pytest
from pytest_django import Settings

from meldingen.accounts.sealing import seal, unseal


def test_what_is_sealed_is_not_in_it_and_comes_back() -> None:
    text = seal(b"geheim")
    assert "geheim" not in text
    assert unseal(text) == b"geheim"


def test_a_former_key_still_opens_it(settings: Settings) -> None:
    text = seal(b"geheim")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "een-andere-sleutel"
    assert unseal(text) == b"geheim"


@pytest.mark.parametrize("text", ["", "x", "gAAAA"])
def test_what_was_not_sealed_here_opens_to_nothing(text: str) -> None:
    assert unseal(text) is None
