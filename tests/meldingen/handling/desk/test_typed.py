"""What colleagues and residents type reaches pages and rows as text, in one spelling."""

import pytest
from django.test import Client

from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.handling.desk.test_melding import LIST, act


def test_what_residents_wrote_is_text_and_never_markup(triager: Client, town: Town) -> None:
    evil = town.melding(text="<script>alert(1)</script>", place_text="<img src=x onerror=alert(1)>")
    for address in (LIST, f"{LIST}{evil.pk}/change/"):
        page = triager.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("who", ["reader", "manager"])
@pytest.mark.parametrize("column", ["follow_token__startswith", "reporter__email__contains", "text__contains"])
def test_no_column_is_guessed_through_the_address_of_the_list(
    request: pytest.FixtureRequest, melding: Melding, who: str, column: str
) -> None:
    client = request.getfixturevalue(who)
    assert client.get(LIST, {column: melding.follow_token[:1]}).status_code == 400


@pytest.mark.parametrize("name", ["answer", "note"])
def test_what_a_colleague_writes_is_stored_in_one_spelling(triager: Client, melding: Melding, name: str) -> None:
    act(triager, melding, name, text="Bij cafe\u0301\u00a0\u0132sbaan\r\n")
    assert getattr(melding, f"{name}s").order_by("id").last().text == "Bij caf\u00e9 IJsbaan"
