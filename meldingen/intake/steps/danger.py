"""Who writes of people in danger is told to call first, and says what they did. Its buttons are its answers."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldingen.intake.fields import CodeField
from meldingen.intake.step import Fields, Step, Visit
from meldingen.intake.submission import Submission
from meldingen.record.models import Event


class DangerForm(forms.Form):
    """What was answered to "call 112": a button, so no field is drawn."""

    danger_answer = CodeField(label=_("Is anybody in danger?"), widget=forms.HiddenInput)


def _applies(submission: Submission) -> bool:
    return submission.is_emergency and not submission.danger_answer


def _offer(visit: Visit, _fields: Fields) -> dict[str, Any]:
    return {"danger": visit.submission.danger}


def _said(cleaned: Mapping[str, Any]) -> Mapping[str, Any]:
    answer = cleaned.get("danger_answer", "")
    return {"danger_answer": answer if answer in Event.Answer.values else ""}


DANGER = Step(
    name="danger",
    form=DangerForm,
    template="intake/danger.html",
    applies=_applies,
    offer=_offer,
    said=_said,
    is_counted=False,
    # Nobody is told to call 112 once more on the way back; who changes the text is, for it may be of another danger.
    is_on_the_way_back=False,
    again_after="what",
)
