"""Where words are of no place the page offers the subjects that may be meant."""

import re
from html import unescape

from django.test import Client

from tests.opendata.portal.conftest import onlooker, seen_town

__all__ = ["onlooker", "seen_town"]


def test_a_word_of_a_subject_offers_its_figures(onlooker: Client) -> None:
    answer = onlooker.post("/kaart/buurt", {"q": "DUMP"}, headers={"accept-language": "nl"})
    assert (answer.status_code, "Bedoelt u het onderwerp:" in answer.text) == (404, True)
    (address,) = re.findall(r'href="(/data/[^"]*onderwerp=dumping[^"]*)"', answer.text)
    assert onlooker.get(unescape(address)).status_code == 200
