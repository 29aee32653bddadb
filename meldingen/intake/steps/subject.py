"""What it is about: a suggestion, one of all subjects, or neither. Each is a button that goes on at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from meldingen.categories.choices import MainSubject, main_subjects, pictogram_of
from meldingen.categories.examples import example
from meldingen.categories.models import Category
from meldingen.classification.labels import is_rest
from meldingen.intake import suggestions
from meldingen.intake.choosing import find_category
from meldingen.intake.fields import CodeField
from meldingen.intake.step import Advice, Fields, Line, Row, Step, Visit
from meldingen.intake.submission import Submission
from meldingen.limits.rules import may_suggest
from meldingen.record.models import Event
from meldingen.routing import auditing, prediction


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A button: a category with its drawing and a sentence of the kind. `is_sure`: the model knows no likelier one."""

    category: Category
    pictogram: str
    is_sure: bool = False

    @property
    def example(self) -> str:
        """What somebody may write of it; empty where we know no sentence."""
        return example(self.category)


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A main category that opens: its buttons, what is none of the others last."""

    main: MainSubject
    choices: Sequence[Choice]
    is_open: bool


class SubjectForm(forms.Form):
    """A choice, and the server's own word for what there was to choose from."""

    category = CodeField(label=_("Subject"), widget=forms.HiddenInput)
    # Whatever is in these, nobody is refused for it: a main category, where somebody began with one, and the seal.
    main_subject = forms.Field(required=False, widget=forms.HiddenInput)
    seal = forms.Field(required=False, widget=forms.HiddenInput)


def _applies(submission: Submission) -> bool:
    """Who called for help is not asked whether it is about waste."""
    return not submission.is_emergency or submission.danger_answer != Event.Answer.CALLED


def _offer(visit: Visit, _fields: Fields) -> dict[str, Any]:
    mains = main_subjects(visit.municipality)
    began = visit.inputs.get("main_subject", "")
    pictograms = {main.category.pk: main.pictogram for main in mains}
    guesses = [
        Choice(
            category=guess.category,
            pictogram=pictogram_of(guess.category, pictograms.get(guess.category.parent_id or 0, "")),
            is_sure=guess.is_sure,
        )
        for guess in guesses_of(visit)
    ]
    # Who chose something and then changed the text is told what they chose, for it still counts.
    before = _choice(mains, visit.inputs.get("category", ""))
    categories = [choice.category for choice in guesses]
    return {
        "danger": visit.submission.danger,
        "text": visit.submission.text,
        "kept": before,
        "suggested": [choice for choice in guesses if before is None or choice.category != before.category],
        "tiles": [_tile(main, is_open=main.category.slug == began) for main in mains],
        "is_begun": any(main.category.slug == began for main in mains),
        "seal": seal_of(
            visit, [*categories, *([before.category] if before and before.category not in categories else [])]
        ),
    }


def guesses_of(visit: Visit) -> list[prediction.Suggestion]:
    """What the model thinks likely; nothing where it is audited, in danger, or asked too often."""
    here, submission = visit.municipality, visit.submission
    is_audited = not submission.danger and auditing.is_drawn(here, submission.submission_key)
    if is_audited or submission.is_emergency or not may_suggest(visit.sender, here.pk):
        return []
    is_foreign = get_language() != settings.LANGUAGE_CODE
    guesses = prediction.suggest(here, submission.text, is_foreign=is_foreign)
    return [guess for guess in guesses if guess.category.parent_id]


def _choice(mains: Sequence[MainSubject], slug: str) -> Choice | None:
    pairs = ((main, child) for main in mains for child in main.children if child.slug == slug)
    return next((Choice(category=child, pictogram=pictogram_of(child, main.pictogram)) for main, child in pairs), None)


def _tile(main: MainSubject, *, is_open: bool) -> Tile:
    children = sorted(main.children, key=lambda child: is_rest(prediction.label_of(child)))
    return Tile(
        main=main,
        choices=[Choice(category=child, pictogram=pictogram_of(child, main.pictogram)) for child in children],
        is_open=is_open,
    )


def seal_of(visit: Visit, categories: Sequence[Category]) -> str:
    """What the page says that these were shown for this text."""
    return suggestions.seal(
        [prediction.label_of(category) for category in categories], visit.municipality.pk, visit.submission.text
    )


def _values(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"category_slug": answers.get("category", ""), "seal": answers.get("seal") or ""}


def _check(visit: Visit) -> object:
    return find_category(visit.municipality, visit.submission.category_slug)


def _row(visit: Visit) -> Row:
    category = find_category(visit.municipality, visit.submission.category_slug)
    return Row(
        title=gettext("Subject"),
        change=gettext("Change the subject"),
        lines=[Line(category.name if category else gettext("We look at it ourselves."))],
    )


def _advice(visit: Visit) -> Advice | None:
    slug = visit.submission.category_slug
    choice = _choice(main_subjects(visit.municipality), slug) if slug else None
    if choice is None:
        return None
    return Advice(name=choice.category.name, words=choice.category.guidance, pictogram=choice.pictogram)


SUBJECT = Step(
    name="subject",
    form=SubjectForm,
    template="intake/subject.html",
    applies=_applies,
    offer=_offer,
    check=_check,
    values=_values,
    row=_row,
    advice=_advice,
    refusals={"category_slug": "category"},
)
