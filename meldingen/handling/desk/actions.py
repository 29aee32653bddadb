"""What a colleague can do with a melding: each is a form, translated into one call of a use case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from meldingen.handling import striking, triage, undoing
from meldingen.handling.desk import previews
from meldingen.handling.desk.action_forms import (
    ActionForm,
    AnswerForm,
    AskForm,
    AssessForm,
    AssignForm,
    Choices,
    CloseForm,
    HandToForm,
    HoldForm,
    NoteForm,
    PrioritiseForm,
    RecategoriseForm,
    ReopenForm,
    ScheduleForm,
    StrikeForm,
    TakeForm,
)  # fmt: skip
from meldingen.handling.holding import Keep
from meldingen.record import workflow
from meldingen.record.models import Melding
from meldingen.tenancy.roles import Right

__all__ = ["ACTIONS", "Action", "ActionForm", "Choices"]


@dataclass(frozen=True)
class Action:
    """A form, the use case that it is for, in which states it is offered, and what is said when it is done."""

    name: str
    title: Any
    form: type[ActionForm]
    call: Callable[[triage.Case, dict[str, Any]], None]
    done: Any
    states: frozenset[str]
    button: Any
    right: Right = Right.HANDLE_OWN
    only_suspect: bool = False
    only_spoken: bool = False  # while something of the reporter waits for a colleague
    of_any_team: bool = False  # who handles meldingen may do it to those of other teams too
    # What would follow of what was typed; None where there is nothing to say beforehand.
    preview: Callable[[Melding, Mapping[str, Any]], list[previews.Line]] | None = None

    @property
    def is_button(self) -> bool:
        """Whether it asks for nothing: it is a button by itself."""
        return self.form is TakeForm

    @property
    def has_preview(self) -> bool:
        """Whether a colleague can look first; templates would call `preview` itself."""
        return self.preview is not None


_ANY = workflow.OPEN | workflow.CLOSED


ACTIONS: Mapping[str, Action] = {
    action.name: action
    for action in (
        Action(
            "release", _("Say that it is real"), TakeForm, lambda case, data: triage.release(case),
            _("The melding is released."), _ANY, _("Release it, and send the mails that were held"), only_suspect=True,
        ),
        Action(
            "take", _("Start the work"), TakeForm, lambda case, data: triage.take(case),
            _("The work has started."), workflow.OPEN - {workflow.IN_PROGRESS}, _("Start the work"),
        ),
        Action(
            "recategorise", _("Choose the category"), RecategoriseForm,
            lambda case, data: triage.recategorise(
                case, data["category"], reroute=data["reroute"], guesses_seen=data["guesses_seen"]
            ),
            _("The category is saved."), _ANY, _("Save the category"), preview=previews.correction,
        ),
        Action(
            "assign", _("Give it to a team"), AssignForm, lambda case, data: triage.assign(case, data["team"]),
            _("The team has it now."), workflow.OPEN, _("Give it to this team"),
        ),
        Action(
            "hand-to", _("Give it to a colleague"), HandToForm,
            lambda case, data: triage.hand_to(case, data["member"].user),
            _("The colleague has it in hand now."), workflow.OPEN, _("Give it to this colleague"),
        ),
        Action(
            "assess", _("Say whether it is dangerous"), AssessForm,
            lambda case, data: triage.assess(case, data["danger"]),
            _("Priority and deadline are as the danger asks."), workflow.OPEN, _("Save"),
        ),
        Action(
            "prioritise", _("Change the priority"), PrioritiseForm,
            lambda case, data: triage.prioritise(case, data["priority"], data.get("text", "")),
            _("It has another priority now."), workflow.OPEN, _("Save the priority"), preview=previews.priority,
        ),
        Action(
            "schedule", _("Plan it for a day"), ScheduleForm,
            lambda case, data: triage.schedule(case, data["day"], data["text"], for_everybody=data["for_everybody"]),
            _("The work is planned."), workflow.OPEN, _("Plan it"),
        ),
        Action(
            "ask", _("Ask the reporter something"), AskForm, lambda case, data: triage.ask(case, data["text"]),
            _("The question is asked. The melding waits for the reporter."), workflow.OPEN, _("Send the question"),
        ),
        Action(
            "answer", _("Answer the reporter"), AnswerForm,
            lambda case, data: triage.answer(case, data["text"], for_everybody=data["for_everybody"]),
            _("The answer is given."), _ANY, _("Send the answer"),
        ),
        Action(
            "read", _("Say that you read what the reporter wrote"), TakeForm, lambda case, data: triage.mark_read(case),
            _("It is read."), _ANY, _("I have read it"), only_spoken=True,
        ),
        Action(
            "note", _("Leave a note"), NoteForm, lambda case, data: triage.note(case, data["text"]),
            _("The note is saved."), _ANY, _("Save the note"), of_any_team=True,
        ),
        Action(
            "close", _("Close it"), CloseForm,
            lambda case, data: triage.close(
                case, data["outcome"][0], data["text"], reason=data["outcome"][1], for_everybody=data["for_everybody"],
                danger=data.get("danger"), is_mere_report=data.get("is_mere_report", False),
            ),
            _("The melding is closed."), workflow.OPEN, _("Close the melding"),
        ),
        Action(
            "reopen", _("Open it again"), ReopenForm,
            lambda case, data: triage.reopen(
                case, data["text"], note=data["note"], for_everybody=data["for_everybody"]
            ),
            _("The melding is open again."), workflow.CLOSED, _("Open the melding again"),
        ),
        Action(
            "strike", _("Strike out words"), StrikeForm, lambda case, data: striking.strike(case, data["words"]),
            _("The words are struck out."), _ANY, _("Strike them out"), preview=previews.strikeout,
        ),
        Action(
            "spam", _("Call it spam"), TakeForm, lambda case, data: triage.call_spam(case),
            _("The melding is closed as spam."), workflow.OPEN, _("Close it as spam, without a mail"),
        ),
        Action(
            "threat", _("Call it a threat"), HoldForm,
            lambda case, data: triage.call_threat(case, Keep(data["until"], data["reason"])),
            _("The melding is closed as a threat."), workflow.OPEN, _("Close it as a threat, without a mail"),
        ),
        Action(
            "hold", _("Say until when it is kept"), HoldForm,
            lambda case, data: triage.hold(case, Keep(data["until"], data["reason"])),
            _("It is kept until the day that you chose."), frozenset({workflow.THREAT}), _("Keep it until this day"),
            right=Right.HOLD,
        ),
        Action(
            "no-spam", _("Say that it is no spam"), TakeForm, lambda case, data: undoing.call_back(case),
            _("It is as it was before it was called spam."), frozenset({workflow.SPAM}),
            _("It is no spam: put it back"),
        ),
    )
}  # fmt: skip
