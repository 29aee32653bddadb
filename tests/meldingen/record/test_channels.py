"""How files call the channel by which a melding came."""

import pytest

from meldingen.record.channels import NAMES
from meldingen.record.models import Melding


@pytest.mark.parametrize("code", Melding.Source.values)
def test_each_channel_has_its_own_code(code: str) -> None:
    assert NAMES[code] == code


@pytest.mark.parametrize(("name", "channel"), [("telefoon", "phone"), ("balie", "counter"), ("", "import")])
def test_former_systems_have_words_of_their_own(name: str, channel: str) -> None:
    assert NAMES[name] == channel
