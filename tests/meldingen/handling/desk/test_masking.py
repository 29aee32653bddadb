import pytest

from meldingen.handling.desk import masking


@pytest.mark.parametrize(
    ("number", "shown"),
    [("06-12345678", "06 •• •• •• 78"), ("+31612345678", "31 •• •• •• •• 78"), ("1234", "••••••"), ("", "")],
)
def test_a_number_keeps_its_ends(number: str, shown: str) -> None:
    assert masking.phone(number) == shown


@pytest.mark.parametrize(("address", "shown"), [("wim@example.org", "w••••@example.org"), ("wim", "••••"), ("", "")])
def test_an_address_keeps_its_first_letter(address: str, shown: str) -> None:
    assert masking.email(address) == shown


def test_a_name_keeps_its_initials() -> None:
    assert masking.name("Wim de Vries-Jansen") == "W••• d••• V•••"
