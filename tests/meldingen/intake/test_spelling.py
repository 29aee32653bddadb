"""Texts come in in one spelling, whoever types them: a resident, or a colleague on the telephone."""

import pytest
from django.test import Client

from meldingen.record.models import Melding
from tests.factories import Town

TYPED = {
    "text": "Cafe\u0301 aan de \u0132sbaan\r\n",
    "place_text": "Dorpsstraat\u00a012",
    "name": "Zoe\u0308",
    "email": "sam@example.org\u00a0",
    "phone": "\uff10\uff16 12345678",
}


@pytest.mark.parametrize("who", ["resident", "colleague"])
def test_what_is_typed_is_stored_in_one_spelling(town: Town, typed: dict[str, str], who: str) -> None:
    client, address, more = Client(headers={"host": town.host}), "/melden/", {}
    if who == "colleague":
        client.force_login(town.member())
        address, more = "/beheer/telefoon/", {"channel": "phone", "save": "1"}
    assert client.post(address, typed | TYPED | more).status_code == 302
    melding = Melding.objects.get()
    assert (melding.text, melding.place_text) == ("Café aan de IJsbaan", "Dorpsstraat 12")
    reporter = melding.reporter
    assert (reporter.name, reporter.email, reporter.phone) == ("Zoë", "sam@example.org", "06 12345678")
