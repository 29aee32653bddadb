"""Who writes of people in danger is told to call first, and says what they did. Its buttons are its answers."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldingen.intake.fields import CodeField
from meldingen.intake.step import Fields, Step, Visit
from meldingen.intake.submission import Submission
from meldingen.record.models import Event


def mark_of(text: str) -> str:
    """By which the same text is known, whatever its spaces. The text itself stands beside it in the page."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


class DangerForm(forms.Form):
    """What was answered to "call 112": a button, so no field is drawn."""

    danger_answer = CodeField(label=_("Is anybody in danger?"), widget=forms.HiddenInput)
    # Of which text it is an answer.
    danger_text = CodeField(widget=forms.HiddenInput)


def _applies(submission: Submission) -> bool:
    return submission.is_emergency and not submission.danger_answer


def _offer(visit: Visit, _fields: Fields) -> dict[str, Any]:
    return {"danger": visit.submission.danger, "danger_text": mark_of(visit.submission.text)}


def _holds(answers: Mapping[str, str]) -> bool:
    return answers.get("danger_text") == mark_of(answers.get("text", ""))


def _values(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    answer = answers.get("danger_answer", "")
    return {"danger_answer": answer if answer in Event.Answer.values else ""}


DANGER = Step(
    name="danger",
    form=DangerForm,
    template="intake/danger.html",
    applies=_applies,
    offer=_offer,
    said=_values,
    is_counted=False,
    # Nobody is told to call 112 once more on the way back; who changes the text is, for it may be of another danger.
    is_on_the_way_back=False,
    holds=_holds,
)
