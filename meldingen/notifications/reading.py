"""What of a melding each may read, on a page and in a mail alike.

The reporter reads all that is public. Others (who follows it, and whose own melding was merged into it) read states,
the day that was told and coded reasons, and of the answers those that are for everybody and repeat nothing that the
reporter typed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import prefetch_related_objects
from django.utils.functional import Promise

from meldingen.notifications.labels import OTHERS_WORDS, pictured, promise_moved, rated, reason, state_words, team_name
from meldingen.notifications.models import Recipient
from meldingen.notifications.quoting import repeats
from meldingen.record import queries, workflow
from meldingen.record.models import Addition, Answer, Event, Melding
from meldingen.tenancy.models import Team


@dataclass(frozen=True)
class Line:
    """One thing that happened, as somebody reads it. `state` is the public one, empty for an answer alone. `reason`:
    why it was closed so, in words of a fixed list; empty for none. `team`: who had it when that was answered. `added`:
    what the reporter added.
    """

    happened_at: datetime
    state: str
    words: str | Promise
    answer: str
    reason: str | Promise = ""
    team: str = ""
    added: str = ""


def is_own(recipient: Recipient, event: Event) -> bool:
    """Whether the event is of the melding that the recipient made, or is that another was merged into it."""
    return recipient.kind == Recipient.Kind.REPORTER and recipient.melding_id in (event.melding_id, _lead_id(event))


def _lead_id(event: Event) -> int | None:
    return event.melding.lead_id if event.kind == Event.Kind.MERGED else None


def heard_of(recipient: Recipient) -> Iterator[int]:
    """The ids of the meldingen of which a person hears: theirs, and the one into which it was merged."""
    for melding_id in (recipient.melding_id, recipient.melding and recipient.melding.lead_id):
        if melding_id:
            yield melding_id


def typed(melding: Melding) -> str:
    """All that the reporter typed, but their address and number."""
    prefetch_related_objects([melding], "additions")  # once, however often it is asked
    try:
        name = melding.reporter.name
    except ObjectDoesNotExist:  # nothing was left, or it is forgotten
        name = ""
    added = (addition.text for addition in melding.additions.all())
    return "\n".join((melding.text, melding.place_text, name, *added))


def is_for_others(melding: Melding) -> bool:
    """Whether anybody but its reporter may read of it: not while it is suspect, nor in a confidential category."""
    category = melding.category
    if melding.is_suspect or (category and category.is_confidential):
        return False
    return not (category and category.parent and category.parent.is_confidential)


def answer_of(event: Event) -> Answer | None:
    """The words that go with it, if any."""
    return getattr(event, "answer", None)


def addition_of(event: Event) -> Addition | None:
    """What the reporter added with it, if anything."""
    return getattr(event, "addition", None)


def shared_answer(event: Event, melding: Melding) -> str:
    """The words that go with an event of the melding, as others than its reporter read them; empty for none."""
    answer = answer_of(event)
    if answer is None or not answer.for_everybody or not is_for_others(melding):
        return ""
    return "" if repeats(answer.text, typed(melding)) else answer.text


def standing(melding: Melding) -> Melding:
    """The melding whose state tells how it stands: the one into which it was merged, or itself."""
    lead = melding.lead
    ended = melding.state in workflow.UNHEARD or melding.state == workflow.WITHDRAWN
    if lead is None or ended or not is_for_others(lead):
        return melding
    return lead


def ending(lead: Melding, history: Sequence[Line]) -> Line | None:
    """The line by which the melding was closed, of a history that tells of it; None while it is open."""
    closed = [line for line in history if line.state == workflow.public(lead.state)]
    return closed[-1] if closed and lead.state in workflow.CLOSED else None


def rating(melding: Melding) -> str:
    """What its reporter said of it since it was closed, asked whether it is solved: yes, no, or nothing yet."""
    said = melding.events.filter(kind=Event.Kind.RATED, codes__has_key="answer", happened_at__gte=melding.closed_at)
    last = said.order_by("id").values_list("codes__answer", flat=True).last()
    return last or ""


def own_history(melding: Melding) -> list[Line]:
    """What the reporter reads: their own, and from others' eyes what became of the one into which it was merged."""
    lines = list(_own_lines(melding))
    if (lead := standing(melding)) is not melding:
        lines = sorted([*lines, *_others_lines(lead)], key=lambda line: line.happened_at)
    return lines


def others_history(melding: Melding) -> list[Line]:
    """What somebody who follows the melding reads."""
    lines = [_received(melding), *_others_lines(melding)]
    if (lead := standing(melding)) is not melding:
        lines += _others_lines(lead)
    return sorted(lines, key=lambda line: line.happened_at)


def _own_lines(melding: Melding) -> Iterator[Line]:
    happened = list(queries.own_events(melding))
    changes = {event.pk: event.codes["team"]["to"] for event in happened if "team" in event.codes}
    teams = Team.objects.of(melding.municipality_id).filter(pk__in=set(changes.values()) - {None})
    names, team = dict(teams.values_list("pk", "name")) if changes else {}, ""
    for event in happened:
        if event.pk in changes:
            name = names.get(changes[event.pk], "")
            team = team_name(name) if name else ""
        if line := _own_line(event, team):
            yield line


def _own_line(event: Event, team: str) -> Line | None:
    """What the reporter reads of an event; None where it says only who has it now."""
    answer, addition = answer_of(event), addition_of(event)
    words = promise_moved(event) or state_words(event.to_state, team) or rated(event) or pictured(event)
    if not (words or answer or addition):
        return None
    state, answered, added = workflow.public(event.to_state), answer.text if answer else "", addition and addition.text
    return Line(event.happened_at, state, words, answered, reason(event), team if answer else "", added or "")


def _others_lines(melding: Melding) -> Iterator[Line]:
    for event in queries.public_events(melding):
        answer = shared_answer(event, melding)
        moved = promise_moved(event)
        if event.kind != Event.Kind.RECEIVED and (event.to_state or answer or moved):
            words = moved or OTHERS_WORDS.get(event.to_state, "")
            why = reason(event, for_others=True)
            yield Line(event.happened_at, workflow.public(event.to_state), words, answer, why)


def _received(melding: Melding) -> Line:
    return Line(melding.received_at, workflow.NEW, OTHERS_WORDS[workflow.NEW], "")
