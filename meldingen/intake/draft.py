"""A melding in the making: everything that was typed so far, carried from step to step inside the page itself.

Nothing of it is kept on the server or in a cookie, so nothing of it can be lost there or read there; photos are, by
the key of their form, and a step that keeps such things recalls them (`Step.recall`). Each POST carries all fields of
all steps, and the last one is checked as if it were the first.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.utils.crypto import salted_hmac

from meldingen import texts
from meldingen.attachments.arrivals import Arrival
from meldingen.intake.step import Step, Visit
from meldingen.intake.steps import STEPS
from meldingen.intake.submission import Submission
from meldingen.limits.senders import Sender
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality, User

# How each field is spelt: all texts alike, but for those that know better.
_SPELLING: Mapping[str, Callable[[str], str]] = {
    name: spell
    for step in STEPS
    for name, form_field in step.form_for(colleague=True).base_fields.items()
    if (spell := getattr(form_field, "spell", None))
}


@dataclass(frozen=True, kw_only=True)
class Post:
    """What came in: fields and buttons by name, by whom, and in which language they read the page."""

    municipality: Municipality
    inputs: Mapping[str, str] = field(default_factory=dict)
    language: str = settings.LANGUAGE_CODE
    colleague: User | None = None
    sender: Sender | None = None
    files: Sequence[Arrival] = ()


class Draft:
    """The forms of all steps over one set of typed values, which are in one spelling from here on."""

    def __init__(self, post: Post, *, is_recalled: bool = False) -> None:
        self.post = post
        self.is_recalled = is_recalled
        self.inputs = _that_hold(texts.clean_each(post.inputs, _SPELLING))
        if mark := _mark_of_page(self.inputs):
            self.inputs["submission_key"] = mark
        self.key = _key(self.inputs.get("submission_key", ""))
        # Who goes on with what was kept in the browser did not see the last page yet.
        came_back = self.inputs.get("step") == STEPS[-1].name and "resumed" not in self.inputs
        self.is_changing = "is_changing" in self.inputs or came_back
        self.forms = {step.name: step.form_for(colleague=bool(post.colleague))(self.inputs) for step in STEPS}

    @cached_property
    def visit(self) -> Visit:
        """What the steps may look at.

        The language is that of the page: the reporter's own, unless a colleague typed it and chose the reporter's.
        """
        values: dict[str, Any] = {"text": "", "language": self.post.language}
        for step in STEPS:
            form = self.forms[step.name]
            form.is_valid()
            values |= step.values(form.cleaned_data)
        submission = Submission(**values, entered_by=self.post.colleague, submission_key=self.key)
        return Visit(
            municipality=self.post.municipality, sender=self.post.sender, inputs=self.inputs, submission=submission
        )

    def recall(self) -> "Draft":
        """The same with what is stored of this form and its page does not know: for a page, which shows it."""
        if self.is_recalled:
            return self
        values = {name: value for step in STEPS for name, value in step.recall(self.visit).items()}
        if values:
            return Draft(replace(self.post, inputs={**self.post.inputs, **values}), is_recalled=True)
        self.is_recalled = True
        return self

    def following(self, step: Step) -> Step:
        """The step that comes after this one. Who came back from the last page returns to it at once, unless what they
        changed asks for a word between.
        """
        later = [each for each in STEPS[STEPS.index(step) + 1 :] if self._is_asked(each)]
        if self.is_changing:
            later = [each for each in later if each is STEPS[-1] or not each.is_on_the_way_back]
        return next(each for each in later if each.is_due(self.visit))

    def _is_asked(self, step: Step) -> bool:
        if step.is_on_request and step.name != self.inputs.get("go"):
            return False
        return step.applies(self.visit.submission)

    def previous(self, step: Step) -> Step | None:
        """The step to which Back goes; None for the first."""
        earlier = [each for each in STEPS[: STEPS.index(step)] if each.is_on_the_way_back]
        return next((each for each in reversed(earlier) if each.applies(self.visit.submission)), None)

    def first_wrong(self, until: Step) -> Step | None:
        """The first step up to and including `until` whose fields are wrong in shape."""
        steps = STEPS[: STEPS.index(until) + 1]
        return next((step for step in steps if not self.forms[step.name].is_valid()), None)

    def as_typed(self, step: Step) -> forms.Form:
        """The form of a step with what was typed in it, and without a word about errors."""
        form = self.forms[step.name]
        return type(form)(initial={name: self.inputs[name] for name in form.fields if name in self.inputs})

    def hidden_values(self, step: Step) -> list[tuple[str, str]]:
        """Names and values of every other step: the page that shows `step` holds them in hidden fields."""
        names = [name for each in STEPS for name in each.form.base_fields]
        fields_here = self.forms[step.name].fields
        # The empty form has no mark yet: it is the same bytes for everybody.
        mark = [("submission_key", str(self.key))] if self.inputs else []
        return [
            *mark,
            *((name, self.inputs[name]) for name in names if name in self.inputs and name not in fields_here),
        ]

    def refuse(self, refusal: Refused) -> Step:
        """Put the word of intake at its field; the step where that field is."""
        step = next(each for each in STEPS if refusal.field in each.refusals)
        self.forms[step.name].add_error(step.refusals[refusal.field], str(refusal.message))
        return step

    def mend(self, refusal: Refused) -> "Draft | None":
        """The same with other values, where a step knows some with which this is no refusal any more."""
        ways = (step.mend(refusal, self.visit.submission) for step in STEPS)
        values = next((way for way in ways if way), None)
        return None if values is None else self.with_values(values)

    def with_values(self, values: Mapping[str, str]) -> "Draft":
        """The same with other values, and without files: those were taken."""
        mark = {"submission_key": str(self.key)}
        inputs = {**self.inputs, **mark, **values}
        return Draft(replace(self.post, inputs=inputs, files=()), is_recalled=self.is_recalled)


def _that_hold(inputs: dict[str, str]) -> dict[str, str]:
    """What was typed, without the answers that hold no more beside the rest."""
    leftovers = {name for step in STEPS if not step.holds(inputs) for name in step.form_for(colleague=True).base_fields}
    return {name: value for name, value in inputs.items() if name not in leftovers}


def _mark_of_page(inputs: Mapping[str, str]) -> str:
    """The mark of a form whose page had none yet: it follows from what makes each such page another one, so that the
    same page sent once more, by a reload or after Back, is the same form, with its photos. Empty where it is not asked.
    """
    token = inputs.get("csrfmiddlewaretoken", "")
    if not token or "submission_key" in inputs:
        return ""
    return str(
        uuid.UUID(bytes=salted_hmac("meldingen.intake.draft", token, algorithm="sha256").digest()[:16], version=4)
    )


def _key(text: str) -> uuid.UUID:
    """The mark by which a second press on Send is known: the one in the page, else a new one."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()
