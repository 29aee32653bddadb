"""Who asks for what a report cannot give reads which door is the right one, and may go on. Buttons are the answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldingen.classification.formal import Formal, find_formal
from meldingen.intake.fields import CodeField
from meldingen.intake.step import Fields, Step, Visit
from meldingen.intake.steps.danger import mark_of
from meldingen.tenancy.models import FormalText

# What it may be, and what that asks for: the words of a town that has none of its own (`FormalText`).
WORDS = {
    Formal.OBJECTION: (
        _("Do you want to object?"),
        _(
            "A report is no objection: no term runs for it, and you get no decision. Send your objection in "
            "writing, within six weeks of the decision."
        ),
    ),
    Formal.CLAIM: (
        _("Do you want to claim damage?"),
        _(
            "A report is no claim. Write to us what happened, when and where, and what the damage is; add "
            "photos and bills."
        ),
    ),
    Formal.GRIEVANCE: (
        _("Do you want to complain about us?"),
        _(
            "A report is about something outside. A complaint about how we treated you goes to somebody who "
            "had nothing to do with it."
        ),
    ),
    Formal.ENFORCEMENT: (
        _("Do you ask for enforcement?"),
        _(
            "A report is no request to enforce the rules: you get no decision to which you can object. Send "
            "your request in writing."
        ),
    ),
    Formal.DOCUMENTS: (
        _("Do you ask for documents?"),
        _("A report is no request for documents. Write to us which documents, about what and of which time."),
    ),
}


class FormalForm(forms.Form):
    """What was answered, and about which text."""

    formal_answer = CodeField(widget=forms.HiddenInput)
    formal_text = CodeField(widget=forms.HiddenInput)


def _is_due(visit: Visit) -> bool:
    """Asked once about a text, and never of who is in danger: they have called, or say that nobody is."""
    inputs, text = visit.inputs, visit.submission.text
    is_answered = bool(inputs.get("formal_answer")) and inputs.get("formal_text") == mark_of(text)
    return not is_answered and not visit.submission.danger and find_formal(text) is not None


def _offer(visit: Visit, _fields: Fields) -> dict[str, Any]:
    text = visit.submission.text
    about = find_formal(text) or Formal.OBJECTION
    title, words = WORDS[about]
    own = FormalText.objects.of(visit.municipality).filter(about=about).first()
    return {
        "title": title,
        "words": str(own.words_texts) if own and own.words_texts else words,
        "door": own.url if own else "",
        "formal_text": mark_of(text),
    }


FORMAL = Step(
    name="formal",
    form=FormalForm,
    template="intake/formal.html",
    is_due=_is_due,
    offer=_offer,
    # An answer is no part of what is stored: a colleague reads the words.
    values=lambda _answers: {},
    is_counted=False,
    is_on_the_way_back=False,
)
