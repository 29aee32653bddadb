"""Who writes of people in danger is told to call first, and says what they did. Its buttons are its answers."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldingen.classification.tongues import tongue_of
from meldingen.intake.fields import CodeField
from meldingen.intake.step import Fields, Step, Visit
from meldingen.intake.submission import Submission
from meldingen.record.models import Event


def mark_of(text: str) -> str:
    """By which the same text is known, whatever its spaces. The text itself stands beside it in the page."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Also:
    """What the page says in the writer's own language beside its own: to call, and its two buttons."""

    code: str
    call: str
    call_is_made: str
    safe: str
    direction: str = "ltr"


# No translations of ours: the site speaks none of these, and who is in danger reads three lines of their own.
_ALSO = {
    also.code: also
    for also in (
        Also("tr", "Tehlike varsa hemen 112'yi arayın.", "112'yi aradım: devam et", "Kimse tehlikede değil: devam et"),
        Also(
            "pl",
            "Jeśli jest niebezpiecznie, zadzwoń teraz pod 112.",
            "112 już zawiadomione: dalej",
            "Nikomu nic nie grozi: dalej",
        ),
        Also(
            "uk",
            "Якщо є небезпека, негайно зателефонуйте 112.",
            "112 уже повідомлено: далі",
            "Ніхто не в небезпеці: далі",
        ),
        Also(
            "ar",
            "إذا كان هناك خطر، اتصل الآن بالرقم 112.",
            "اتصلت بالرقم 112: متابعة",
            "لا أحد في خطر: متابعة",
            direction="rtl",
        ),
    )
}


class DangerForm(forms.Form):
    """What was answered to "call 112": a button, so no field is drawn."""

    danger_answer = CodeField(label=_("Is anybody in danger?"), widget=forms.HiddenInput)
    # Of which text it is an answer.
    danger_text = CodeField(widget=forms.HiddenInput)


def _applies(submission: Submission) -> bool:
    return submission.is_emergency and not submission.danger_answer


def _offer(visit: Visit, _fields: Fields) -> dict[str, Any]:
    text = visit.submission.text
    return {"danger": visit.submission.danger, "danger_text": mark_of(text), "also": _ALSO.get(tongue_of(text))}


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
    values=_values,
    is_counted=False,
    # Nobody is told to call 112 once more on the way back; who changes the text is, for it may be of another danger.
    is_on_the_way_back=False,
    holds=_holds,
)
