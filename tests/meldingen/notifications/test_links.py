import pytest

from meldingen.notifications import links, recipients
from tests.factories import Town, follower_of, recipient_of
from tests.meldingen.notifications.reporters import reported


def test_the_token_of_a_mail_names_its_holder(town: Town) -> None:
    melding = reported(town)
    recipient = recipient_of(melding)
    assert links.holder(melding, recipient.token or "") == recipient


@pytest.mark.parametrize("token", ["", "x", ":", "a:b", "é" * 43, "\0"])
def test_no_other_token_does(town: Town, token: str) -> None:
    assert links.holder(reported(town), token) is None


def test_a_token_is_of_one_recipient(town: Town) -> None:
    melding, other = reported(town), reported(town)
    assert links.holder(other, recipient_of(melding).token or "") is None
    assert links.holder(melding, follower_of(melding).token or "") is None
    assert links.holder(melding, melding.follow_token) is None


def test_a_token_of_who_was_forgotten_opens_nothing(town: Town) -> None:
    melding = reported(town)
    token = recipient_of(melding).token or ""
    recipients.forget([melding.pk])
    assert links.holder(melding, token) is None
    assert links.holder(melding, "") is None


def test_a_follower_has_an_address_of_their_own(town: Town) -> None:
    follower = follower_of(reported(town))
    where = links.Links(town.municipality)
    assert where.page(follower) == f"http://stad.example/volg/{follower.token}"
    assert where.stop(follower) == f"http://stad.example/volg/{follower.token}/niet-ik"
