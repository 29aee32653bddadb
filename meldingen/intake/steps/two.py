"""Two things in one text: its writer says whether they are two reports or one. Its buttons are its answers."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldingen.fields import Uncut
from meldingen.intake.fields import CodeField
from meldingen.intake.step import Fields, Line, Row, Step, Visit
from meldingen.intake.submission import MAX_TEXT
from meldingen.routing import starter

ONE = "one"


class TwoForm(forms.Form):
    """The words of the second thing; or that it is one, and of which text that was said."""

    second_text = Uncut(label=_("Second report"), required=False, max_length=MAX_TEXT, widget=forms.HiddenInput)
    two_answer = CodeField(widget=forms.HiddenInput)
    two_text = CodeField(widget=forms.HiddenInput)


def _mark_of(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def _is_due(visit: Visit) -> bool:
    """Asked once about a text, and never of who writes of danger."""
    submission, inputs = visit.submission, visit.inputs
    is_one = inputs.get("two_answer") == ONE and inputs.get("two_text") == _mark_of(submission.text)
    if is_one or submission.second_text or submission.danger:
        return False
    return starter.find_two(submission.text) is not None


def _offer(visit: Visit, _fields: Fields) -> dict[str, Any]:
    """The two texts, and what is sent when it is the other way round: two of one, or one of two."""
    text, second = visit.submission.text, visit.submission.second_text
    joint = f"{text}\n{second}" if second else text
    pair = None if second else starter.find_two(text)
    return {
        "is_two": bool(second),
        "first": pair.first if pair else text,
        "second": pair.second if pair else second,
        "joint": joint,
        "mark": _mark_of(joint),
    }


def _values(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"second_text": answers.get("second_text") or ""}


def _row(visit: Visit) -> Row | None:
    second = visit.submission.second_text
    if not second:
        return None
    lines = [Line(second, "typed"), Line(gettext("At the same place. We look ourselves what it is about."), "hint")]
    return Row(title=gettext("Second report"), change=gettext("Change the second report"), lines=lines)


TWO = Step(
    name="two",
    form=TwoForm,
    template="intake/two.html",
    is_due=_is_due,
    offer=_offer,
    values=_values,
    row=_row,
    refusals={"second_text": "second_text"},
    is_counted=False,
    is_on_the_way_back=False,
)
