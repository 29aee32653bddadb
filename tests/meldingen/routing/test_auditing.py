"""Of which meldingen nobody is shown a guess."""

import uuid
from decimal import Decimal

import pytest

from meldingen.intake.receiving import submit
from meldingen.intake.submission import Submission
from meldingen.routing.auditing import is_drawn
from tests.factories import Town


@pytest.mark.parametrize(("share", "expected"), [("0", False), ("1", True)])
def test_the_municipality_says_how_many(town: Town, share: str, expected: bool) -> None:
    town.municipality.audit_share = Decimal(share)
    assert is_drawn(town.municipality, uuid.uuid4()) is expected
    assert is_drawn(town.municipality, None) is expected


def test_the_same_key_is_answered_alike_and_of_many_about_the_share_is_drawn(town: Town) -> None:
    town.municipality.audit_share = Decimal("0.2")
    keys = [uuid.UUID(int=number) for number in range(2000)]
    drawn = [is_drawn(town.municipality, key) for key in keys]
    assert drawn == [is_drawn(town.municipality, key) for key in keys]
    assert 300 < sum(drawn) < 500


@pytest.mark.parametrize(("text", "expected"), [("De lamp brandt niet", True), ("Er staat een huis in brand", False)])
def test_a_danger_is_never_audited(town: Town, text: str, expected: bool) -> None:
    town.municipality.audit_share = Decimal("1")
    assert submit(town.municipality, Submission(text=text, buurt_code=town.west.code)).is_audited is expected
