from typing import Any

import pytest
from django.core.exceptions import ValidationError

from meldingen.notifications.addresses import check_address, mailbox_of


@pytest.mark.parametrize(
    "address", ["jan@example.nl", "o'brien@example.nl", "jan+1@café.example", "a@b.co", "x@1.example"]
)
def test_an_address_on_the_internet_is_good(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("jörg@example.nl", "not_ascii"),
        ("o’brien@example.nl", "not_ascii"),
        ("jan piet@example.nl", "space"),
        ("jan@[127.0.0.1]", "number"),
        ("jan@[IPv6:::1]", "number"),
        ("jan@127.0.0.1", "number"),
        ("jan@10.0.0.10", "number"),
        ("jan@localhost", "local"),
        ("jan@LOCALHOST", "local"),
        ("jan@mailserver", "local"),
        ("jan@pc.local", "local"),
        ("jan@mail.stad.internal", "local"),
        ("jan@10.in-addr.arpa", "local"),
        ("jan@ergens.invalid", "local"),
        ("jan@ｌocalhost", "local"),
        ("geen adres", "invalid"),
        ("@example.nl", "invalid"),
        ("jan@", "invalid"),
        ("jan@@example.nl", "two_signs"),
        ("piet@@voorbeeld", "two_signs"),
        ("jan@voorbeeld@example.nl", "two_signs"),
        ("jan@example..nl", "invalid"),
        ("a@b.nl,c@d.nl", "invalid"),
        ("a@b.nl\nBcc: c@d.nl", "space"),
    ],
)
def test_an_address_that_we_cannot_write_to_is_refused_with_its_reason(address: str, code: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        check_address(address)
    assert refused.value.code == code


def test_the_words_name_the_sign_that_is_not_supported() -> None:
    with pytest.raises(ValidationError, match="“ö”"):
        check_address("jörg@example.nl")


@pytest.mark.parametrize(
    "address",
    ["Jan@Example.NL", "jan+1@example.nl", "JAN+spam+2@example.nl"],
)
def test_spellings_of_one_mailbox_are_one(address: str) -> None:
    assert mailbox_of(address) == "jan@example.nl"


def test_what_may_be_another_mailbox_is_another() -> None:
    assert (
        len({mailbox_of(a) for a in ("jan@a.nl", "j.an@a.nl", "jan@b.nl", "j.a.n@gmail.com", "jan@googlemail.com")})
        == 4
    )
