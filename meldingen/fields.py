"""Fields of forms that every door has: what people type, in one spelling."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldingen import texts


class Uncut(forms.CharField):
    """A field that says its limit and keeps what is beyond it."""

    default_error_messages = {
        "max_length": _("Your text has %(show_value)d characters; at most %(limit_value)d fit. Make it shorter."),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without maxlength: a browser cuts a pasted text off without a word; the server keeps it and says so."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class TextField(Uncut):
    """Text in one spelling, without control characters; empty when there are only spaces."""

    def to_python(self, value: Any) -> str:
        """The clean text, never None."""
        text = super().to_python(texts.clean(str(value)) if value is not None else value)
        return text or ""
