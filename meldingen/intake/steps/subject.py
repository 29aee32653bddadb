"""What it is about: a suggestion, one of the whole list (which then counts), or neither."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldingen.categories import choices
from meldingen.categories.models import Category
from meldingen.intake import suggestions
from meldingen.intake.fields import CodeField
from meldingen.intake.step import SELECT, Fields, Line, Row, Step, Visit
from meldingen.intake.submission import Submission, find_category
from meldingen.limits.rules import may_suggest
from meldingen.record.models import Event
from meldingen.routing import auditing, prediction


class SubjectForm(forms.Form):
    """A choice, and the server's own word for what there was to choose from."""

    category = CodeField(label=_("Subject"), widget=forms.RadioSelect)
    other_category = CodeField(label=_("All subjects"), widget=forms.Select(attrs=SELECT))
    # Whatever is in these, nobody is refused for it: a main category, where somebody began with one, and the seal.
    main_subject = forms.Field(required=False, widget=forms.HiddenInput)
    seal = forms.Field(required=False, widget=forms.HiddenInput)


def _applies(submission: Submission) -> bool:
    """Who called for help is not asked whether it is about waste."""
    return not submission.is_emergency or submission.danger_answer != Event.Answer.CALLED


def _offer(visit: Visit, fields: Fields) -> dict[str, Any]:
    here, submission = visit.municipality, visit.submission
    audited = not submission.danger and auditing.is_drawn(here, submission.submission_key)
    asks = not audited and not submission.is_emergency and may_suggest(visit.sender, here.pk)
    guesses = prediction.suggest(here, submission.text) if asks else []
    suggested = [guess.category for guess in guesses if guess.category.parent_id]
    chosen = visit.typed.get("category", "")
    began, under = visit.typed.get("main_subject", ""), list[Category]()
    groups: dict[str, list[tuple[str, str]]] = {}
    for category in choices.categories(here):
        # Who chose a suggestion and then changed the text still finds what they chose.
        if category.slug == chosen and category not in suggested:
            suggested.append(category)
        groups.setdefault(category.parent.name if category.parent else "", []).append((category.slug, category.name))
        if category.parent and category.parent.slug == began and category not in suggested:
            under.append(category)
    fields["other_category"].field.widget.choices = [("", "—"), *groups.items()]
    seal = _seal(visit, suggested)
    return {"danger": submission.danger, "subjects": [*suggested, *under], "is_begun": bool(under), "seal": seal}


def _seal(visit: Visit, shown: list[Category]) -> str:
    return suggestions.seal(
        [prediction.label_of(category) for category in shown], visit.municipality.pk, visit.submission.text
    )


def _said(cleaned: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "category_slug": cleaned.get("other_category") or cleaned.get("category", ""),
        "seal": cleaned.get("seal") or "",
    }


def _check(visit: Visit) -> object:
    return find_category(visit.municipality, visit.submission.category_slug)


def _row(visit: Visit) -> Row:
    category = find_category(visit.municipality, visit.submission.category_slug)
    return Row(
        title=gettext("Subject"),
        change=gettext("Change the subject"),
        lines=[Line(category.name if category else gettext("We look at it ourselves."))],
        advice=(category.name, category.guidance) if category and category.guidance else None,
    )


SUBJECT = Step(
    name="subject",
    form=SubjectForm,
    template="intake/subject.html",
    applies=_applies,
    offer=_offer,
    check=_check,
    said=_said,
    row=_row,
    refusals={"category_slug": "other_category"},
    is_counted=False,
)
