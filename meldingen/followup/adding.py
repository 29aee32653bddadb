"""The reporter adds words to their melding. Danger in them does what it does when a melding comes in."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen.classification.emergencies import find_danger
from meldingen.followup.opening import open_melding, words
from meldingen.notifications import telling
from meldingen.notifications.offers import offers
from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import Addition, Event, Melding
from meldingen.refusals import Refused
from meldingen.routing import planning
from meldingen.tenancy.models import Municipality

# Who has more to say than this talks with a colleague.
MOST = 20
_STRENGTH = {Melding.Danger.NONE: 0, Melding.Danger.HAZARD: 1, Melding.Danger.LIFE: 2, Melding.Danger.GAS: 2}
_BACK = workflow.TRANSITIONS[workflow.WAITING]


def add(municipality: Municipality, token: str, text: str) -> None:
    """Keep the words with the melding, and let colleagues see that there are some.

    The same words again are kept once. A melding that waited for its reporter goes on. Raises Refused, and
    Melding.DoesNotExist for an address that leads to none here.
    """
    with open_melding(municipality, token) as melding:
        new_words, now = words(text), timezone.now()
        earlier = list(melding.additions.values_list("text", flat=True))
        if earlier and earlier[-1] == new_words:
            return
        check(melding)
        if len(earlier) >= MOST:
            raise Refused("too_many", _("You have added very much. Call or mail us if there is more to say."), "text")
        event = keep(melding, new_words)
        if melding.state in workflow.UNHEARD:
            return
        lifecycle.put(melding, reporter_spoke_at=now)
        if event.codes.get("danger"):
            telling.alarm(event)
        go_on(melding)


def check(melding: Melding) -> None:
    """Refused where nothing can be added any more."""
    if offers(melding, timezone.now()).adds:
        return
    if melding.state == workflow.WITHDRAWN:
        raise Refused("withdrawn", _("You have withdrawn this report. Is something the matter? Make a new report."))
    raise Refused("closed", _("This report is closed for longer than two weeks. Make a new report instead."))


def keep(melding: Melding, new_words: str) -> Event:
    """Store words that the reporter added to a locked melding, with their event."""
    happening, values = events.Added(), dict[str, Any]()
    danger = Melding.Danger(find_danger(new_words) or "")
    if melding.state in workflow.OPEN and _STRENGTH[danger] > _STRENGTH[Melding.Danger(melding.danger)]:
        happening = events.Added(danger=events.Change(melding.danger, danger))
        values = _of_danger(melding, danger, timezone.now())
    event = lifecycle.change(melding, happening, actor=events.REPORTER, **values)
    Addition.objects.create(municipality_id=melding.municipality_id, melding=melding, event=event, text=new_words)
    return event


def _of_danger(melding: Melding, danger: Melding.Danger, now: datetime) -> dict[str, Any]:
    """What follows from a danger that is known since now. Nothing that was told or due before comes later by it."""
    # The day that was told is told on, beside until when somebody looks.
    done_by = melding.done_by if melding.danger else melding.promised_at
    melding.danger = danger
    until = planning.deadline_of_danger(melding, since=now)
    values: dict[str, Any] = {"danger": danger, "done_by": done_by}
    values["priority"] = max(melding.priority, planning.least_priority(melding))
    for name in ("deadline", "promised_at"):
        moments = [moment for moment in (getattr(melding, name), until) if moment is not None]
        values[name] = min(moments, default=None)
    return values


def go_on(melding: Melding) -> None:
    """Bring a melding that waited for its reporter back to where it was asked; one that nobody has yet waits on."""
    if melding.state != workflow.WAITING:
        return
    from_states = melding.events.filter(to_state=workflow.WAITING).order_by("id").values_list("from_state", flat=True)
    before = [state for state in from_states if state in _BACK and state in workflow.RUNNING]
    state = before[-1] if before else workflow.ASSIGNED if melding.team_id else None
    if state:
        lifecycle.move(melding, state, actor=events.REPORTER)
