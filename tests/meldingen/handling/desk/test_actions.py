from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from meldingen.record.models import Melding
from tests.meldingen.handling.desk.test_melding import act
from tests.sure import sure

SOON = timezone.localdate() + timedelta(days=30)


@pytest.mark.parametrize(
    ("ticked", "words"), [({}, "De melder leest<"), ({"for_everybody": "on"}, "en wie de melding volgt")]
)
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("answer", {}),
        ("close", {"outcome": "solved"}),
        ("schedule", {"day": timezone.localdate() + timedelta(days=30)}),
    ],
)
def test_an_answer_is_for_everybody_only_where_that_is_ticked(
    triager: Any, melding: Melding, address: str, name: str, data: Any, ticked: Any, words: Any
) -> None:
    act(triager, melding, name, text="Wij komen.", **data, **ticked)
    assert sure(melding.answers.order_by("id").last()).for_everybody == bool(ticked)
    assert words in triager.get(address).text
