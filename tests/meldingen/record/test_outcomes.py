from collections import Counter

import pytest
from django.utils import translation

from meldingen.notifications import labels
from meldingen.record import workflow
from meldingen.record.outcomes import NEEDS_REASON, REASONS, Reason


def test_each_reason_is_of_one_closed_state() -> None:
    assert Counter(reason for reasons in REASONS.values() for reason in reasons) == Counter(Reason)
    assert set(REASONS) < workflow.CLOSED - workflow.UNHEARD
    assert set(REASONS) > NEEDS_REASON


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_has_words_of_its_own_in_each_language(reason: Reason) -> None:
    words = []
    for language in ("nl", "en"):
        with translation.override(language):
            words.append(str(labels.REASONS[reason]))
    assert len(set(words)) == 2
    assert all(each.endswith(".") for each in words)


def test_no_two_reasons_read_alike() -> None:
    assert len({str(words) for words in labels.REASONS.values()}) == len(Reason)
