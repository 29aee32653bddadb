"""Which page answers what was typed: one decision, without a request and without HTML."""

from dataclasses import dataclass
from typing import Any

from django import forms

from meldingen.intake.draft import Draft, Post
from meldingen.intake.receiving import submit_changed
from meldingen.intake.step import Step
from meldingen.intake.steps import STEPS
from meldingen.intake.steps.photos import thumbnails_of_form
from meldingen.refusals import Refused

FIRST, LAST = STEPS[0], STEPS[-1]
STALE = "stale"
WITH_PHOTOS = ("what", "subject")  # the steps from which a button leads to the photos


@dataclass(frozen=True, kw_only=True)
class Page:
    """A step to show, with what its template needs. `notice`: why nothing was taken in, which is a 403."""

    step: Step
    context: dict[str, Any]
    notice: str = ""


@dataclass(frozen=True)
class Thanks:
    """The melding is stored; who has this token may follow it."""

    follow_token: str


@dataclass(frozen=True)
class Left:
    """The form ended without a melding; who filled it in goes on at this address."""

    address: str


def decide(post: Post) -> Page | Thanks | Left:
    """The first step, the next, an earlier one, or the one where something is wrong. The last stores the melding."""
    draft = Draft(post)
    step = _step_in(draft, "step")
    if step is None:
        return _page(draft, FIRST, draft.as_typed(FIRST))
    if post.files or step is not LAST:
        draft = draft.recall()
    if outcome := step.take(draft.visit, post.files):
        draft = draft.with_values(outcome.values)
        for refusal in outcome.refusals:
            draft.refuse(refusal)
        if outcome.refusals or outcome.stays:
            return _page(draft, step, draft.forms[step.name])
    if "language" in draft.inputs:
        return _same(draft, step)
    back = _step_in(draft, "go")
    if back and STEPS.index(back) < STEPS.index(step):
        return _page(draft, back, draft.as_typed(back))
    return _forward(draft, step)


def decide_stale(post: Post) -> Page | Thanks | Left:
    """The step that was sent, once more: nothing is taken in."""
    draft = Draft(post)
    return _same(draft, _step_in(draft, "step") or FIRST, STALE)


def _step_in(draft: Draft, field: str) -> Step | None:
    return next((step for step in STEPS if step.name == draft.inputs.get(field)), None)


def _same(draft: Draft, step: Step, notice: str = "") -> Page | Thanks | Left:
    """The same step with all that was typed. The last one shows what was checked, so that is checked again."""
    if step is LAST:
        return _forward(draft, STEPS[-2], notice)
    return _page(draft, step, draft.as_typed(step), notice)


def _forward(draft: Draft, step: Step, notice: str = "") -> Page | Thanks | Left:
    wrong = draft.first_wrong(step)
    if wrong:
        return _page(draft, wrong, draft.forms[wrong.name], notice)
    visit = draft.visit
    try:
        if step is LAST:
            return Thanks(submit_changed(visit.municipality, visit.submission, sender=visit.sender).follow_token)
        step.check(visit)
        if address := step.leave(visit):
            return Left(address)
        following = draft.following(step)
        return _page(draft, following, draft.as_typed(following), notice)
    except Refused as refusal:
        other = draft.mend(refusal)
        if other:
            return _forward(other, step, notice)
        wrong = draft.refuse(refusal)
        return _page(draft, wrong, draft.forms[wrong.name], notice)


def _page(draft: Draft, step: Step, form: forms.Form, notice: str = "") -> Page:
    draft = draft.recall()
    fields = {name: form[name] for name in form.fields}
    steps_to_count = [each for each in STEPS if each.is_counted and each.applies(draft.visit.submission)]
    previous = draft.previous(step)
    context = {
        "step": step.name,
        "number": sum(STEPS.index(each) <= STEPS.index(step) for each in steps_to_count),
        "steps": len(steps_to_count),
        "previous": previous.name if previous else "",
        # Who came back from the last page has one Next to it.
        "is_changing": draft.is_changing and step is not LAST,
        "advice": previous.advice(draft.visit) if previous and step is not LAST else None,
        "hidden_values": draft.hidden_values(step),
        "fields": fields,
        "wrong": [(field, error) for field in fields.values() for error in field.errors],
        "notice": notice,
        # Files that came and were not taken in, for their page: no browser sends them twice by itself.
        "files_left_out": [file.name for file in draft.post.files],
        # Who wrote of danger has the numbers before their eyes on each page.
        "danger": draft.visit.submission.danger,
        "thumbnails": thumbnails_of_form(draft.visit) if step.name in WITH_PHOTOS else [],
    }
    return Page(step=step, context=context | step.offer(draft.visit, fields), notice=notice)
