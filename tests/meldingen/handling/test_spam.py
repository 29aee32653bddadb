"""Who called what spam, as long as it can be put back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meldingen.handling import spam, triage, undoing
from meldingen.record import queries
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from tests.factories import Town
from tests.meldingen.handling.conftest import case_of

pytestmark = pytest.mark.usefixtures("published")


def numbers(town: Town) -> dict[int, int]:
    visible = Melding.objects.of(town.municipality)
    return {share.user.pk: share.number for share in spam.shares(town.municipality, visible, 5)}


def test_what_was_put_back_or_opened_again_counts_no_more(town: Town) -> None:
    who, kept, back, again = town.member(), *(town.melding() for _number in range(3))
    for melding in (kept, back, again):
        triage.call_spam(case_of(town, melding, who))
    undoing.call_back(case_of(town, back, town.member()))
    triage.reopen(case_of(town, again, who))
    assert numbers(town) == {who.pk: 1}


def test_who_called_it_last_is_who_did(town: Town) -> None:
    first, last, melding = town.member(), town.member(), town.melding()
    triage.call_spam(case_of(town, melding, first))
    undoing.call_back(case_of(town, melding, first))
    triage.call_spam(case_of(town, melding, last))
    assert numbers(town) == {last.pk: 1}


def test_after_its_term_it_is_in_no_list_and_not_put_back(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    melding = town.melding()
    triage.call_spam(case_of(town, melding, town.member()))
    Melding.objects.update(closed_at=timezone.now() - timedelta(days=15))
    assert numbers(town) == {}
    monkeypatch.setattr(queries, "SPAM_KEPT", timedelta(0))
    with pytest.raises(Refused) as refusal:
        undoing.call_back(case_of(town, melding, town.member()))
    assert refusal.value.code == "late"
