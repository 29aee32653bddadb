from datetime import UTC, datetime

import pytest
from django.utils import formats, translation


@pytest.mark.parametrize(("language", "month"), [("nl", "november"), ("en", "November")])
def test_a_moment_reads_on_pages_as_it_does_in_mails(language: str, month: str) -> None:
    with translation.override(language):
        assert formats.localize(datetime(2026, 11, 26, 19, 14, tzinfo=UTC)) == f"26 {month} 2026, 19:14"
