"""What is done to several meldingen in the same way, in a fixed number of statements: giving to a team
or a colleague, a priority, and closing.

Callers hold the locks, in one transaction, and have asked who cannot. One melding is done by the same.
"""

from collections.abc import Iterable, Mapping, Sequence

from meldingen.notifications import telling
from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import Answer, Event, Melding
from meldingen.tenancy.models import Team, User


def give(meldingen: Sequence[Melding], team: Team, *, by: User) -> None:
    """Give them to a team, and tell it. What was in progress or opened again waits for that team."""
    actor = events.by(by)
    others = [melding for melding in meldingen if melding.team_id != team.pk]
    moving = [melding for melding in meldingen if melding.state != workflow.ASSIGNED]
    if others:
        lifecycle.change_many(others, events.Assigned(), actor=actor, team=team, assignee=None)
    if moving:
        telling.tell(lifecycle.move_many(moving, workflow.ASSIGNED, actor=actor))
    telling.hand_over(meldingen)


def hand(meldingen: Sequence[Melding], colleague: User, *, by: User) -> None:
    """Put them into the hands of a colleague; their state and their team stay."""
    lifecycle.change_many(meldingen, events.Assigned(), actor=events.by(by), assignee=colleague)


def prioritise(meldingen: Sequence[Melding], priority: int, *, by: User) -> list[Event]:
    """Give them a priority; nothing else follows."""
    return lifecycle.change_many(meldingen, events.Prioritised(), actor=events.by(by), priority=priority)


def end(
    meldingen: Sequence[Melding],
    outcome: str,
    *,
    by: User,
    reason: str = "",
    words: Mapping[int, str],
    for_everybody: bool = False,
) -> None:
    """Close them, and tell whoever hears of it; `words`: what the reporter reads besides, by the id of the melding."""
    closings = lifecycle.move_many(meldingen, outcome, actor=events.by(by), reason=reason)
    publish(closings, words, by=by, for_everybody=for_everybody)


def publish(public: Sequence[Event], words: Mapping[int, str], *, by: User, for_everybody: bool = False) -> None:
    """Put the words of each melding, if any, with its public event, and tell whoever hears of it."""
    Answer.objects.bulk_create(_answers(public, words, by, for_everybody=for_everybody))
    telling.tell(public)


def _answers(public: Iterable[Event], words: Mapping[int, str], by: User, *, for_everybody: bool) -> list[Answer]:
    return [
        Answer(
            municipality_id=event.municipality_id, melding_id=event.melding_id, event=event, author=by,
            text=words[event.melding_id], for_everybody=for_everybody,
        )
        for event in public
        if words.get(event.melding_id)
    ]  # fmt: skip
