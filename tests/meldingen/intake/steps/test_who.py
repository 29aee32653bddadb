import pytest
from bs4 import BeautifulSoup
from django import forms
from django.test import Client

from meldingen.intake.steps.who import CallerForm, WhoForm
from meldingen.record.models import Melding

# Every part of it is right; only the whole is longer than an address can be.
LONG = f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 60}.nl"


def test_nobody_has_to_say_who_they_are() -> None:
    assert WhoForm({}).is_valid()


@pytest.mark.parametrize(
    "email",
    [
        "nee",
        "a@b",
        "a@b.nl\nBcc: c@d.nl",
        "a" * 400 + "@example.org",
        LONG,
        "a@[127.0.0.1]",
        "a@10.0.0.10",
        "a@pc.local",
    ],
)
@pytest.mark.parametrize(("form", "more"), [(WhoForm, {}), (CallerForm, {"channel": "phone"})])
def test_an_address_that_we_cannot_write_to_is_refused(
    form: type[forms.Form], more: dict[str, str], email: str
) -> None:
    assert list(form(more | {"email": email}).errors) == ["email"]


@pytest.mark.parametrize(("form", "more"), [(WhoForm, {}), (CallerForm, {"channel": "phone"})])
def test_a_number_that_we_cannot_call_is_refused_with_an_example(form: type[forms.Form], more: dict[str, str]) -> None:
    asked = form(more | {"phone": "nul zes"})
    assert list(asked.errors) == ["phone"]
    assert "06 12345678" in asked.errors["phone"][0]
    assert form(more | {"phone": "+31 (0)6-12345678"}).is_valid()


def test_a_slip_in_a_common_domain_is_asked_about_once(resident: Client, typed: dict[str, str]) -> None:
    said = typed | {"email": "sam@gmial.com"}
    page = BeautifulSoup(resident.post("/melden/", said).content, "html.parser")
    assert "Bedoelt u sam@gmail.com?" in page.select_one("#id_email_error").text  # type: ignore[union-attr]
    kept = str(page.select_one("[name=email_asked]")["value"])  # type: ignore[index]
    other = resident.post("/melden/", said | {"email": "sam@hotmial.com", "email_asked": kept})
    assert "Bedoelt u sam@hotmail.com?" in other.text
    assert not Melding.objects.exists()
    assert resident.post("/melden/", said | {"email_asked": kept}).status_code == 302
    assert Melding.objects.exists()
