"""A melding in the making: everything that was typed so far, carried from step to step inside the page itself.

Nothing of it is kept on the server or in a cookie, so nothing of it can be lost there or read there. Each POST carries
all fields of all steps, and the last one is checked as if it were the first.
"""

import uuid
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms

from meldingen.classification.dangers import Kind
from meldingen.classification.emergencies import find_danger
from meldingen.intake.forms import CallerForm, ChannelForm, DangerForm, SubjectForm, WhatForm, WhereForm, WhoForm
from meldingen.intake.submission import Submission
from meldingen.record.models import Event, Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import User

STEPS = ("what", "danger", "subject", "where", "who", "check")
_FORMS: Mapping[str, tuple[type[forms.Form], ...]] = {
    "what": (WhatForm,),
    "danger": (DangerForm,),
    "subject": (SubjectForm,),
    "where": (WhereForm,),
    "who": (WhoForm,),
    "check": (),
}
# Where a refusal of intake is shown: step and field.
_REFUSALS = {
    "text": ("what", "text"),
    "category_slug": ("subject", "other_category"),
    "pin": ("where", "latitude"),
    "buurt_code": ("where", "buurt"),
}


class Draft:
    """The forms of all steps over one set of typed values. A colleague is also asked by which channel it came."""

    def __init__(self, typed: Mapping[str, str], *, colleague: User | None = None) -> None:
        self.typed = dict(typed)
        self.key = _key(typed.get("submission_key", ""))
        self.colleague = colleague
        # Only the page of a colleague asks for the channel: who sends it and is none was logged out meanwhile.
        self.logged_out = colleague is None and "channel" in self.typed
        kinds = dict(_FORMS)
        if colleague:
            kinds["who"] = (CallerForm,)
        self.forms: dict[str, list[forms.Form]] = {step: [kind(self.typed) for kind in kinds[step]] for step in STEPS}

    @cached_property
    def danger(self) -> Kind | None:
        """What danger the words name."""
        return find_danger(self.typed.get("text", ""))

    @property
    def is_emergency(self) -> bool:
        """Whether people may be in danger now, as the words say and unless the reporter said that nobody is."""
        return self.danger in (Kind.GAS, Kind.LIFE) and self._answer != Event.Answer.SAFE

    def following(self, step: str) -> str:
        """The step that comes after `step`."""
        return next(later for later in STEPS[STEPS.index(step) + 1 :] if self._asks(later))

    def previous(self, step: str) -> str:
        """The step to which Back goes; empty for the first. Nobody is told to call 112 once more on the way back."""
        earlier = reversed(STEPS[: STEPS.index(step)])
        return next((each for each in earlier if each != "danger" and self._asks(each)), "")

    def _asks(self, step: str) -> bool:
        """Whether a step is shown: who is in danger is told to call, and who called is not asked for a subject."""
        if step == "danger":
            return self.is_emergency and not self._answer
        return step != "subject" or not self.is_emergency or self._answer != Event.Answer.CALLED

    @property
    def _answer(self) -> str:
        answer = self.typed.get("danger_answer", "")
        return answer if answer in Event.Answer.values else ""

    def without_pin(self) -> "Draft":
        """The same report, its place said by the buurt alone."""
        mark = {"submission_key": str(self.key), "latitude": "", "longitude": ""}
        return Draft(self.typed | mark, colleague=self.colleague)

    def wrong_step(self, until: str) -> str | None:
        """The first step up to and including `until` whose fields are wrong in shape."""
        asked = STEPS[: STEPS.index(until) + 1]
        return next((step for step in asked if not all(form.is_valid() for form in self.forms[step])), None)

    def as_typed(self, step: str) -> Sequence[forms.Form]:
        """The forms of a step with what was typed in them, and without a word about errors."""
        names = [name for form in self.forms[step] for name in form.fields]
        initial = {name: self.typed[name] for name in names if name in self.typed}
        return [type(form)(initial=initial) for form in self.forms[step]]

    def carried(self, step: str) -> list[tuple[str, str]]:
        """Names and values, as typed, of every other step: the page that shows `step` holds them in hidden fields."""
        # Who changes the text is told to call 112 again: the new words may be of another danger.
        asked = STEPS if step != "what" else [each for each in STEPS if each != "danger"]
        others = [form for other in asked if other != step for form in self.forms[other]]
        fields = [name for form in others for name in form.fields]
        if self.logged_out:
            fields += ChannelForm.base_fields  # so that it is still there for who logs in again
        names = [name for name in fields if name in self.typed]
        # The empty form has no mark yet: it is the same bytes for everybody.
        mark = [("submission_key", str(self.key))] if self.typed else []
        return [*mark, *((name, self.typed[name]) for name in names)]

    def refuse(self, refused: Refused) -> str:
        """Put the word of intake at its field; the step where that field is."""
        step, name = _REFUSALS[refused.field]
        self.wrong_step(step)
        next(form for form in self.forms[step] if name in form.fields).add_error(name, str(refused.message))
        return step

    def submission(self, language: str) -> Submission:
        """What was said so far. Fields of steps that were not checked yet, or are wrong, count as not filled in.

        `language` is that of the page: the reporter's own, unless a colleague typed it and chose the reporter's.
        """
        said: dict[str, Any] = {}
        for step in STEPS:
            for form in self.forms[step]:
                said |= getattr(form, "cleaned_data", {})
        return Submission(
            text=said.get("text", ""),
            longitude=said.get("longitude"),
            latitude=said.get("latitude"),
            place_text=said.get("place_text", ""),
            buurt_code=said.get("buurt", ""),
            category_slug=said.get("other_category") or said.get("category", ""),
            name=said.get("name", ""),
            email=said.get("email", ""),
            phone=said.get("phone", ""),
            language=said.get("reporter_language", language),
            danger_answer=self._answer,
            source=said.get("channel", Melding.Source.WEB),
            entered_by=self.colleague,
            submission_key=self.key,
        )


def _key(typed: str) -> uuid.UUID:
    """The mark by which a second press on Send is known: the one in the page, else a new one."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return uuid.uuid4()
