"""The secret part of a link follows from its row and the secret key."""

from pytest_django import Settings

from meldingen.accounts.links import address_key, token_of
from meldingen.tenancy.models import Invitation


def test_the_row_alone_gives_nobody_the_link(settings: Settings) -> None:
    invitation = Invitation(salt="zout")
    token = token_of(invitation)
    assert (len(token), token_of(invitation)) == (43, token)
    settings.SECRET_KEY = "een-andere-sleutel"
    assert token_of(invitation) != token


def test_an_address_is_the_same_in_capitals_and_cannot_be_read() -> None:
    assert address_key(" Nel@Example.org") == address_key("nel@example.org")
    assert "nel" not in address_key("nel@example.org")
