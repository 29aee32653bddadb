"""Who makes it, asked on the last page; nothing of this is needed. A colleague says besides how it came in and what the
reporter reads.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meldingen.fields import Uncut
from meldingen.intake.domains import likely_address
from meldingen.intake.fields import EmailField, PhoneField
from meldingen.intake.step import TEXTBOX
from meldingen.record.models import Melding

_SLIP = _("Do you mean {address}? Then change it. Is it right as you wrote it? Then send your report once more.")


class WhoForm(forms.Form):
    """How the reporter can be reached."""

    email = EmailField(
        label=_("E-mail address"),
        help_text=_("You get a message that we have your report, and a message when there is news."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs=TEXTBOX | {"autocomplete": "email"}),
    )
    name = Uncut(
        label=_("Name"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs=TEXTBOX | {"autocomplete": "name", "dir": "auto"}),
    )
    phone = PhoneField(
        label=_("Telephone number"),
        help_text=_("Only if we may call you about this report."),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs=TEXTBOX | {"autocomplete": "tel", "type": "tel", "inputmode": "tel"}),
    )
    # The address about which was asked whether another was meant: who sends it once more means it.
    email_asked = Uncut(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask once about a slip in a common domain, for nobody hears of a mail that did not come."""
        values = super().clean() or {}
        email = values.get("email", "")
        likely = likely_address(email)
        if likely and values.get("email_asked") != email:
            self.data = {**self.data, "email_asked": email}
            self.add_error("email", format_lazy(_SLIP, address=likely))
        return values


class CallerForm(WhoForm):
    """Who called, as a colleague fills it in: the same without "you", which would be the colleague."""

    channel = forms.ChoiceField(
        label=_("How did this report come in?"),
        choices=[
            (source.value, source.label)
            for source in (Melding.Source.PHONE, Melding.Source.COUNTER, Melding.Source.EMAIL)
        ],
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
    field_order = ("channel", "email", "reporter_language", "name", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "The reporter gets a message that we have the report, and a message when there is news."
        )
        self.fields["phone"].help_text = _("Only if we may call the reporter about this report.")


def values(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields of a Submission."""
    names = {"channel": "source", "reporter_language": "language"}
    return {names.get(name, name): value for name, value in answers.items() if name != "email_asked"}
