"""Fields that take what people really type, paste and send, and say plainly what is wrong with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldingen import texts
from meldingen.fields import Uncut
from meldingen.notifications.addresses import check_address, clean_address, clean_phone


class EmailField(Uncut):
    """An e-mail address that we can send mail to, without what came along unseen."""

    widget = forms.EmailInput
    default_validators = [check_address]

    def to_python(self, value: Any) -> str:
        """The clean address, never None."""
        return super().to_python(clean_address(str(value)) if value is not None else value) or ""


class PhoneField(Uncut):
    """A telephone number as somebody writes it, without what came along unseen."""

    def to_python(self, value: Any) -> str:
        """The clean number, never None."""
        return super().to_python(clean_phone(str(value)) if value is not None else value) or ""


class CodeField(forms.RegexField):
    """A code of the municipality's own lists. Whether it exists is asked of the data, not here."""

    default_error_messages = {"invalid": _("We do not know this choice. Choose one from the list.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^[\w-]{0,80}\Z", **{"required": False} | kwargs)


class DegreesField(forms.FloatField):
    """Degrees with a point or a comma."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]
        """The number, or None when nothing was filled in."""
        return super().to_python(texts.clean(str(value)).replace(",", ".") if value is not None else value)
