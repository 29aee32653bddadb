"""Fields that take what people really type, paste and send, and say plainly what is wrong with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldingen import texts


class Uncut(forms.CharField):
    """A field that says its limit and keeps what is beyond it."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without maxlength: a browser cuts a pasted text off without a word; the server keeps it and says so."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class TextField(Uncut):
    """Text in one spelling, without control characters; empty when there are only spaces."""

    def to_python(self, value: Any) -> str:
        """The clean text, never None."""
        text = super().to_python(texts.clean(str(value)) if value is not None else value)
        return text or ""


class EmailField(Uncut, forms.EmailField):
    """An e-mail address without the control characters that came along."""

    def to_python(self, value: Any) -> str:
        """The clean address, never None."""
        return super().to_python(texts.clean(str(value)) if value is not None else value) or ""


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
