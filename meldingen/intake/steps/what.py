"""What is the matter."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldingen.categories.choices import main_subjects
from meldingen.fields import Uncut
from meldingen.intake.step import Fields, Line, Row, Step, Visit
from meldingen.intake.submission import MAX_TEXT
from meldingen.phones import phones

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w{2,}")
_LEAST_DIGITS = 10
_IN_THE_OPEN = _(
    "Your text holds a telephone number or an e-mail address. Everybody who works on your report reads it, and you get "
    "no message through it. Is it yours? Take it out, and fill it in below."
)


class WhatForm(forms.Form):
    """The words of the reporter."""

    text = Uncut(
        label=_("Your report"),
        help_text=_("In your own words, at most 5000 characters. Do not write names or telephone numbers here."),
        max_length=MAX_TEXT,
        error_messages={
            "required": _("Tell us what is the matter."),
        },
        widget=forms.Textarea(
            attrs={
                "class": "utrecht-textarea utrecht-textarea--html-textarea",
                "rows": 7,
                "dir": "auto",
                # Whom to call stands above it: who lands in the box hears that too.
                "aria-describedby": "gevaar-nu id_text_helptext",
            }
        ),
    )


def _row(visit: Visit) -> Row:
    text = visit.submission.text
    return Row(
        title=gettext("Your report"),
        change=gettext("Change your report"),
        lines=[Line(text, "typed")],
        note=str(_IN_THE_OPEN) if _has_contact(text) else "",
    )


def _has_contact(text: str) -> bool:
    """Whether somebody's e-mail address or telephone number stands in it; short numbers are a service's."""
    return bool(_EMAIL.search(text)) or any(len(each.number_to_dial) >= _LEAST_DIGITS for each in phones(text))


def _offer(visit: Visit, fields: Fields) -> dict[str, Any]:
    # They came to write this: they chose to make a report, pressed a button to change it, or another language.
    if not fields["text"].errors and (not visit.inputs.get("step") or visit.inputs.keys() & {"go", "language"}):
        fields["text"].field.widget.attrs["autofocus"] = True
    began = visit.inputs.get("main_subject")
    subjects = main_subjects(visit.municipality) if began else []
    return {"main_subject": next((each for each in subjects if each.category.slug == began), None)}


WHAT = Step(name="what", form=WhatForm, template="intake/what.html", offer=_offer, row=_row, refusals={"text": "text"})
