"""Which actions a page offers at this moment, each with its form."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from meldingen.handling import guesses
from meldingen.handling.desk import previews
from meldingen.handling.desk.actions import ACTIONS, Action, ActionForm, Choices
from meldingen.handling.standard_texts import Ready
from meldingen.record import workflow
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may, may_handle, rights

# With which acts a standard text is offered, by the state that it is for.
STANDARD_TEXTS: Mapping[str, frozenset[str]] = {
    "answer": frozenset({""}),
    "ask": frozenset({workflow.WAITING}),
    "schedule": frozenset({workflow.PLANNED}),
    "close": frozenset({workflow.SOLVED, workflow.FORWARDED, workflow.DECLINED}),
    "reopen": frozenset({workflow.REOPENED}),
}

# What is done to one that was merged: it is moved with the one that leads. Spam or a threat leaves that one.
OF_MERGED = frozenset({"release", "answer", "read", "note", "assess", "strike", "hold", "spam", "threat", "no-spam"})

# What each open state asks for. Of what is closed nothing is asked.
PRIMARY: Mapping[str, str] = {
    workflow.NEW: "assign",
    workflow.ASSIGNED: "take",
    workflow.REOPENED: "take",
    workflow.PLANNED: "take",
    workflow.WAITING: "take",
    workflow.IN_PROGRESS: "close",
}


@dataclass(frozen=True)
class Offered:
    """An action with its form, as a page shows it; `is_open` when somebody is busy with it."""

    action: Action
    form: ActionForm
    is_open: bool
    foreseen: Sequence[previews.Line] = ()
    standard_texts: Sequence[Ready] = ()
    prepared: Ready | None = None  # what a rule has ready, which stands in the form


def offered(
    melding: Melding,
    where: Municipality,
    seen: str,
    busy: tuple[str, ActionForm] | None,
    standard_texts: Sequence[Ready] = (),
    choices: Choices | None = None,
    rights: Collection[Right] = (),
    prepared_id: int | None = None,
) -> Iterator[Offered]:
    """The actions of this moment, and the one that was refused with what was typed, even if it is no longer offered.

    `seen` is what the page shows: the snapshot for what is decided on it. Where nobody chose a category yet, choosing
    one is what a colleague comes for. `rights`: what this colleague may besides handling it. `prepared_id`: of the
    standard text that a rule has ready.
    """
    is_unsure = guesses.is_to_choose(melding)
    if busy:
        busy[1].renew(seen)
    for name, action in ACTIONS.items():
        if busy and busy[0] == name:
            own = _of_act(name, standard_texts)
            yield Offered(action, busy[1], True, _foreseen(action, melding, busy[1]), own)
        elif melding.state in action.states and _fits(action, melding, rights):
            own = _of_act(name, standard_texts)
            ready = next((each for each in own if each.pk == prepared_id), None)
            form = action.form(
                melding=melding, municipality=where, seen=seen, choices=choices, initial=_initial(ready),
                auto_id=f"{name}_%s",
            )  # fmt: skip
            is_open = is_unsure and not busy and name == "recategorise"
            yield Offered(action, form, is_open, standard_texts=own, prepared=ready)


def for_colleague(
    request: HttpRequest, melding: Melding, shown: Mapping[str, Any], busy: tuple[str, ActionForm] | None
) -> list[Offered]:
    """What the colleague of this request is offered; `shown` is what the page shows (detail.context)."""
    if not may(request, Right.HANDLE_OWN):
        return []
    texts, choices, own = shown["standard_texts"], shown["choices"], rights(request)
    where, prepared = municipality(request), shown["prepared_id"]
    acts = list(offered(melding, where, shown["seen"], busy, texts, choices, own, prepared))
    if may_handle(request, melding.team_id):
        return acts
    return [each for each in acts if each.action.of_any_team]


def primary(melding: Melding, acts: Sequence[Offered], busy: tuple[str, ActionForm] | None) -> Offered | None:
    """The one act that the state asks for, which stands out. None of what is new and has no category that a colleague
    chose: that is chosen first, by a guess or in the form that stands open.
    """
    if melding.is_suspect:
        name = "release"
    elif melding.state == workflow.NEW and guesses.is_to_choose(melding):
        name = ""
    else:
        name = PRIMARY.get(melding.state, "")
    if busy and busy[0] == name:
        return None  # it was refused: the form says why
    return next((each for each in acts if each.action.name == name), None)


def _initial(ready: Ready | None) -> dict[str, str]:
    """The text that is ready, to be read and changed; how it ends is chosen by who sends it."""
    return {"text": ready.text} if ready else {}


def _of_act(name: str, standard_texts: Sequence[Ready]) -> list[Ready]:
    return [each for each in standard_texts if each.for_state in STANDARD_TEXTS.get(name, ())]


def _fits(action: Action, melding: Melding, rights: Collection[Right]) -> bool:
    if action.right != Right.HANDLE_OWN and action.right not in rights:
        return False
    if melding.lead_id is not None and action.name not in OF_MERGED:
        return False
    return (melding.is_suspect or not action.only_suspect) and bool(melding.reporter_spoke_at or not action.only_spoken)


def _foreseen(action: Action, melding: Melding, form: ActionForm) -> Sequence[previews.Line]:
    """What follows of what was typed, where that is no mistake."""
    return action.preview(melding, form.cleaned_data) if action.preview and form.is_valid() else ()
