"""The steps of making a melding. Every field has a name of its own, so that one POST carries all steps.

Fields stand in the order of their page: the summary of errors follows it.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from meldingen.fields import TextField
from meldingen.intake.fields import CodeField, DegreesField, EmailField, PhoneField
from meldingen.intake.submission import MAX_TEXT
from meldingen.record.models import Melding

_TEXTBOX = {"class": "utrecht-textbox utrecht-textbox--html-input"}
_SELECT = {"class": "utrecht-select utrecht-select--html-select"}
_TOO_LONG = {
    "max_length": _("Your text has %(show_value)d characters; at most %(limit_value)d fit. Make it shorter."),
}


class WhatForm(forms.Form):
    """What is the matter."""

    text = TextField(
        label=_("Your report"),
        help_text=_("In your own words, at most 5000 characters. Do not write names or telephone numbers here."),
        max_length=MAX_TEXT,
        error_messages={
            "required": _("Tell us what is the matter."),
        }
        | _TOO_LONG,
        widget=forms.Textarea(
            attrs={"class": "utrecht-textarea utrecht-textarea--html-textarea", "rows": 7, "dir": "auto"}
        ),
    )


class DangerForm(forms.Form):
    """What was answered to "call 112": a button, so no field is drawn."""

    danger_answer = CodeField(label=_("Is anybody in danger?"), widget=forms.HiddenInput)


class SubjectForm(forms.Form):
    """What it is about: a suggestion, one of the whole list (which then counts), or neither."""

    category = CodeField(label=_("Subject"), widget=forms.RadioSelect)
    other_category = CodeField(label=_("All subjects"), widget=forms.Select(attrs=_SELECT))


class WhereForm(forms.Form):
    """Where it is: a pin, or a buurt with or without an address. Which of them counts is for intake to say."""

    buurt = CodeField(
        label=_("Buurt"),
        help_text=_("Needed when you do not put a pin on the map."),
        widget=forms.Select(attrs=_SELECT),
    )
    place_text = TextField(
        label=_("Address or description of the place"),
        help_text=_("For example: Dorpsstraat 12, or: behind the school, near the swings."),
        required=False,
        max_length=200,
        error_messages=_TOO_LONG,
        widget=forms.TextInput(attrs=_TEXTBOX | {"autocomplete": "street-address", "dir": "auto"}),
    )
    latitude = DegreesField(
        label=_("Latitude"), required=False, widget=forms.TextInput(attrs=_TEXTBOX | {"inputmode": "decimal"})
    )
    longitude = DegreesField(
        label=_("Longitude"), required=False, widget=forms.TextInput(attrs=_TEXTBOX | {"inputmode": "decimal"})
    )

    def clean(self) -> dict[str, Any]:
        """Half a pin is no pin."""
        values = super().clean() or {}
        for given, missing in (("latitude", "longitude"), ("longitude", "latitude")):
            if values.get(given) is not None and missing in values and values[missing] is None:
                self.add_error(missing, _("Fill in both numbers of the pin, or neither."))
        return values


class WhoForm(forms.Form):
    """Who makes it; nothing of this is needed."""

    email = EmailField(
        label=_("E-mail address"),
        help_text=_("You get a message that we have your report, and a message when there is news."),
        required=False,
        max_length=254,
        error_messages=_TOO_LONG,
        widget=forms.EmailInput(attrs=_TEXTBOX | {"autocomplete": "email"}),
    )
    name = TextField(
        label=_("Name"),
        required=False,
        max_length=100,
        error_messages=_TOO_LONG,
        widget=forms.TextInput(attrs=_TEXTBOX | {"autocomplete": "name", "dir": "auto"}),
    )
    phone = PhoneField(
        label=_("Telephone number"),
        help_text=_("Only if we may call you about this report."),
        required=False,
        max_length=30,
        error_messages=_TOO_LONG,
        widget=forms.TextInput(attrs=_TEXTBOX | {"autocomplete": "tel", "type": "tel", "inputmode": "tel"}),
    )


class ChannelForm(forms.Form):
    """How it came in and what the reporter reads, asked from colleagues only: a resident's own page says both."""

    CHANNELS = [
        (source.value, source.label) for source in (Melding.Source.PHONE, Melding.Source.COUNTER, Melding.Source.EMAIL)
    ]
    channel = forms.ChoiceField(
        label=_("How did this report come in?"),
        choices=CHANNELS,
        initial=Melding.Source.PHONE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how this report came in.")},
    )
    # Not `language`: that is the button that changes the language of the page itself.
    reporter_language = forms.TypedChoiceField(
        label=_("In which language do we send the reporter messages?"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
        empty_value=settings.LANGUAGE_CODE,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of these languages.")},
    )


class CallerForm(ChannelForm, WhoForm):
    """Who called, as a colleague fills it in: the same without "you", which would be the colleague."""

    field_order = ("channel", "email", "reporter_language", "name", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "The reporter gets a message that we have the report, and a message when there is news."
        )
        self.fields["phone"].help_text = _("Only if we may call the reporter about this report.")
