"""Fields that take what people really type, paste and send, and say plainly what is wrong with it.

They read what is in one spelling already: `spell` says which, where it is not that of all texts.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meldingen import phones, texts
from meldingen.fields import Uncut
from meldingen.notifications.addresses import check_address


def check_phone(number: str) -> None:
    """ValidationError for what nobody can dial."""
    if not phones.is_number(number):
        message = _("We cannot call this number. Write it in digits, for example 06 12345678, or leave it out.")
        raise ValidationError(message, code="no_number")


class EmailField(Uncut):
    """An e-mail address that we can send mail to."""

    widget = forms.EmailInput
    default_validators = [check_address]
    spell = staticmethod(texts.clean_address)


class PhoneField(Uncut):
    """A telephone number as somebody writes it."""

    default_validators = [check_phone]
    spell = staticmethod(texts.clean_phone)


class CodeField(forms.RegexField):
    """A code of the municipality's own lists. Whether it exists is asked of the data, not here."""

    default_error_messages = {"invalid": _("We do not know this choice. Choose one from the list.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^[\w-]{0,80}\Z", **{"required": False} | kwargs)


class MetresField(forms.IntegerField):
    """How many metres a pin may be off, which the page fills in and nobody types: None for what is no such number."""

    MOST = 10_000

    def clean(self, value: Any) -> int | None:
        """Never an error: the pin is right without it."""
        text = str(value or "")
        return min(int(text), self.MOST) if text.isascii() and text.isdigit() and len(text) < 10 else None


class DegreesField(forms.FloatField):
    """Degrees with a point or a comma."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]
        """The number, or None when nothing was filled in."""
        return super().to_python(str(value).replace(",", ".") if value is not None else value)
