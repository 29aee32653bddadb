"""Forms of pages that are no step."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meldingen.intake.fields import TOO_LONG, EmailField

_TEXTBOX = {"class": "utrecht-textbox utrecht-textbox--html-input"}


class SeenForm(forms.Form):
    """Where somebody who saw the same hears of it."""

    mail_to = EmailField(
        label=_("E-mail address"),
        max_length=254,
        error_messages=TOO_LONG | {"required": _("Fill in where we may mail you, or close this page.")},
        widget=forms.EmailInput(attrs=_TEXTBOX | {"autocomplete": "email"}),
    )
