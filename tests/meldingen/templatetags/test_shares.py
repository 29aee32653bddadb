"""Shares in words."""

from decimal import Decimal

import pytest
from django.utils import translation

from meldingen.templatetags.shares import percent


@pytest.mark.parametrize(
    ("share", "words"), [(0.95, "95 %"), (Decimal("0.02"), "2 %"), (0.9623, "96,2 %"), (1, "100 %"), (None, "–")]
)
def test_a_share_in_words(share: float | None, words: str) -> None:
    with translation.override("nl"):
        assert percent(share) == words
