"""The shape of what a reporter sends after sending: texts, and one of a few answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldingen.fields import TextField
from meldingen.followup.opening import MAX_TEXT
from meldingen.record.models import Satisfaction
from meldingen.record.outcomes import Shortfall


def _area(*, rows: int, **attrs: bool) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto", "class": "utrecht-textarea", **attrs})


class AddForm(forms.Form):
    """Words that are added."""

    text = TextField(
        label=_("What do you want to add?"),
        help_text=_("Colleagues of the municipality read it. Do not write names or telephone numbers here."),
        max_length=MAX_TEXT,
        error_messages={"required": _("Write first what you want to add.")},
        widget=_area(rows=6, autofocus=True),
    )


class PhotosForm(forms.Form):
    """Where what is wrong with a file is said; the files themselves come beside it."""

    photos = forms.Field(label=_("Photos"), required=False, widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """Why it is taken back, if somebody wants to say so."""

    text = TextField(
        label=_("Do you want to say why?"),
        help_text=_("For example that it is gone already."),
        required=False,
        max_length=MAX_TEXT,
        widget=_area(rows=3),
    )


class ShortfallForm(forms.Form):
    """A button for each reason, and one for words of one's own."""

    text = TextField(
        label=_("Is it something else? Say it in your own words"),
        help_text=_("Colleagues of the municipality read it. Do not write names or telephone numbers here."),
        required=False,
        max_length=MAX_TEXT,
        widget=_area(rows=4),
    )
    reason = forms.ChoiceField(
        choices=Shortfall.choices, error_messages={"required": _("Press the button that fits best.")}
    )

    def clean(self) -> dict[str, Any]:
        """Who says it in their own words writes some."""
        values = super().clean() or {}
        if values.get("reason") == Shortfall.WORDS and not values.get("text") and "text" in values:
            self.add_error("text", _("Write first what is not solved."))
        return values


class GradeForm(forms.Form):
    """A button for each face."""

    grade = forms.TypedChoiceField(choices=Satisfaction.Grade.choices, coerce=int)
