import pytest

from meldingen.intake.domains import likely_address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("gmail.con", "gmail.com"),
        ("Outlok.com", "outlook.com"),
        ("zigo.nl", "ziggo.nl"),
    ],
)
def test_a_slip_in_a_common_domain_is_seen(typed: str, meant: str) -> None:
    assert likely_address(f"sam@{typed}") == f"sam@{meant}"


@pytest.mark.parametrize("typed", ["gmail.com", "hotmail.nl", "ymail.com", "mail.com", "live.nl", "lindewaard.nl", ""])
def test_what_is_no_slip_is_not_asked_about(typed: str) -> None:
    assert likely_address(f"sam@{typed}") == ""
