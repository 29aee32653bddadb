"""What a colleague hides, the public does not see."""

import pytest

from meldingen.handling import publicity, triage
from meldingen.record.models import Event, Melding
from meldingen.refusals import Refused
from tests.factories import Town


@pytest.fixture
def case(town: Town) -> triage.Case:
    return triage.Case(melding_id=town.melding().pk, municipality=town.municipality, actor=town.member())


def hidden(case: triage.Case) -> bool:
    return Melding.objects.get(pk=case.melding_id).is_hidden


def test_it_is_hidden_and_shown_again_and_history_says_so(case: triage.Case) -> None:
    publicity.hide(case)
    assert hidden(case)
    publicity.show(case)
    assert not hidden(case)
    kinds = Event.objects.filter(melding=case.melding_id).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["received", "hidden", "shown"]


def test_what_is_hidden_already_is_refused(case: triage.Case) -> None:
    publicity.hide(case)
    with pytest.raises(Refused, match=r"^same$"):
        publicity.hide(case)
