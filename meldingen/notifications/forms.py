"""The shape of what somebody fills in to get mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldingen import texts
from meldingen.fields import Uncut
from meldingen.notifications.addresses import check_address
from meldingen.record import references
from meldingen.refusals import Refused

TEXTBOX = {"class": "utrecht-textbox utrecht-textbox--html-input"}
_EXAMPLE = _("A reference has eight letters and digits, for example 67D0-B5GA. You find it in our mails.")


class AddressField(Uncut):
    """An e-mail address that we can send mail to, in one spelling."""

    default_validators = [check_address]
    widget = forms.EmailInput(attrs=TEXTBOX | {"autocomplete": "email"})

    def to_python(self, value: Any) -> str:
        """Without what nobody sees, and the space around it."""
        return texts.clean_address(str(super().to_python(value) or ""))


class AddressForm(forms.Form):
    """An address for a melding that has none."""

    email = AddressField(
        label=_("E-mail address"),
        max_length=254,
        error_messages={"required": _("Fill in your e-mail address.")},
    )

    @property
    def address(self) -> str:
        """What was filled in, once it is valid."""
        return str(self.cleaned_data["email"])

    def focus(self) -> None:
        """Let the page begin in it."""
        self.fields["email"].widget.attrs["autofocus"] = True

    def refuse(self, refusal: Refused) -> None:
        """Say at the address why nothing comes of it."""
        self.add_error("email", str(refusal.message))


class LinkForm(AddressForm):
    """The reference of a melding, and the address that was left with it."""

    reference = Uncut(
        label=_("Reference"),
        max_length=100,
        error_messages={"required": _("Fill in the reference of your report.")},
        widget=forms.TextInput(attrs=TEXTBOX | {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}),
    )
    field_order = ("reference", "email")

    def clean_reference(self) -> str:
        """As it is stored, however it was spelt."""
        matches = references.read_references(texts.clean(self.cleaned_data["reference"]))
        if not matches:
            raise forms.ValidationError(_EXAMPLE, code="invalid")
        return matches[0]
