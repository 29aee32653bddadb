import pytest

from meldingen.notifications.forms import AddressForm, LinkForm


@pytest.mark.parametrize("typed", ["67D0-B5GA", "67d0 b5ga", "Kenmerk: 67DO-B5GA.", "67d0b5ga"])
def test_a_reference_is_read_however_it_is_spelt(typed: str) -> None:
    form = LinkForm({"reference": typed, "email": "sam@example.org"})
    assert form.is_valid()
    assert form.cleaned_data["reference"] == "67D0B5GA"


@pytest.mark.parametrize("typed", ["", "123", "niets", "'; DROP TABLE", "é" * 90, "x" * 200])
def test_what_is_no_reference_is_said_at_its_field(typed: str) -> None:
    assert "reference" in LinkForm({"reference": typed, "email": "sam@example.org"}).errors


@pytest.mark.parametrize(
    ("typed", "clean"), [(" sam@example.org ", "sam@example.org"), ("sam@ example.org", "sam@example.org")]
)
def test_an_address_is_cleaned_as_everywhere(typed: str, clean: str) -> None:
    form = AddressForm({"email": typed})
    form.is_valid()
    assert form.cleaned_data["email"] == clean


@pytest.mark.parametrize("typed", ["", "sam", "sam@localhost", "a b@example.org"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    assert "email" in AddressForm({"email": typed}).errors
