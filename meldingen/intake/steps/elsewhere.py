"""What others solve: who chose it reads whose it is, with one way there; where that is allowed they may go on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldingen.categories.models import Category
from meldingen.intake.choosing import find_category
from meldingen.intake.fields import CodeField
from meldingen.intake.step import Fields, Step, Visit
from meldingen.intake.submission import Submission

FIELD = "elsewhere_of"


class ElsewhereForm(forms.Form):
    """Of which subject somebody said that they report it here all the same."""

    elsewhere_of = CodeField(label=_("Subject"), widget=forms.HiddenInput)


def _applies(submission: Submission) -> bool:
    """Never of who is in danger, or reports one: whose it is can wait."""
    return bool(submission.category_slug) and not submission.danger


def _category(visit: Visit) -> Category | None:
    return find_category(visit.municipality, visit.submission.category_slug)


def _is_due(visit: Visit) -> bool:
    """Asked once about a subject that is not ours."""
    if visit.inputs.get(FIELD) == visit.submission.category_slug:
        return False
    category = _category(visit)
    return category is not None and bool(category.elsewhere_texts)


def _offer(visit: Visit, _fields: Fields) -> dict[str, Any]:
    category = _category(visit)
    return {"category": category, "may_go_on": category is not None and not category.is_only_elsewhere}


ELSEWHERE = Step(
    name="elsewhere",
    form=ElsewhereForm,
    template="intake/elsewhere.html",
    applies=_applies,
    is_due=_is_due,
    offer=_offer,
    # An answer is no part of what is stored: the subject says it.
    values=lambda _answers: {},
    refusals={"elsewhere": FIELD},
    is_counted=False,
    is_on_the_way_back=False,
)
