"""What colleagues say of meldingen that came in: how dangerous, real, or spam. Each set of them is one transaction."""

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction

from meldingen.notifications import mails as notifications_mails
from meldingen.notifications import telling
from meldingen.record import events, lifecycle, queries, workflow
from meldingen.record.models import Event, Melding
from meldingen.tenancy.models import Municipality, User

SET = 200  # meldingen that are locked at a time
_EMERGENCIES = (Melding.Danger.GAS, Melding.Danger.LIFE)


def is_judged(melding: Melding) -> bool:
    """Whether a colleague has said what danger there is."""
    return queries.that_stand(melding.events.filter(kind=Event.Kind.ASSESSED)).exists()


def is_unjudged_emergency(melding: Melding) -> bool:
    """Whether people may be in danger, for all that anybody here knows: nobody has looked at it yet."""
    return bool(_emergencies_to_judge([melding]))


def release(where: Municipality, actor: User, melding_ids: Iterable[int]) -> int:
    """Say that these meldingen are real: not suspect any more, and the mails that were held go out.

    The number of them. Those that are not suspect, and those of another municipality, are left alone.
    """
    ids = set(melding_ids)
    # Who releases thousands does not wait until each mail is handed over: the sweep takes some hundreds a minute.
    at_once = len(ids) <= SET
    return _in_sets(where, ids, lambda meldingen: _release(meldingen, actor, at_once=at_once))


def call_spam(where: Municipality, actor: User, melding_ids: Iterable[int]) -> int:
    """Say that these meldingen are spam, suspect or not: closed without a word to anybody, and in no figure.

    The number of them. Left alone are closed ones, those of another municipality, and emergencies that nobody has
    looked at: whoever calls a flood spam has not read each of them.
    """
    return _in_sets(where, melding_ids, lambda meldingen: close_unheard(meldingen, workflow.SPAM, actor))


def call_threat(where: Municipality, actor: User, melding_ids: Iterable[int]) -> int:
    """Say that these meldingen are threats: closed without a word to anybody. The number of them, as for spam."""
    return _in_sets(where, melding_ids, lambda meldingen: close_unheard(meldingen, workflow.THREAT, actor))


def _release(meldingen: Sequence[Melding], actor: User, *, at_once: bool) -> int:
    suspect = [melding for melding in meldingen if melding.is_suspect]
    lifecycle.change_many(suspect, events.Released(), actor=events.by(actor), is_suspect=False)
    telling.tell(notifications_mails.mailed_events(melding.pk for melding in suspect), at_once=at_once)
    telling.hand_over(suspect)
    return len(suspect)


def left_alone(meldingen: Sequence[Melding]) -> dict[int, str]:
    """Which of these are closed without a word by nobody, by their ids: `closed` ones, and emergencies that are
    `unjudged`.
    """
    alone = {melding.pk: "closed" for melding in meldingen if melding.state in workflow.CLOSED}
    return alone | dict.fromkeys(_emergencies_to_judge(meldingen), "unjudged")


def close_unheard(meldingen: Sequence[Melding], outcome: str, actor: User) -> int:
    """Close locked meldingen as spam or as threats, but those that are left alone; how many."""
    alone = left_alone(meldingen)
    still_open = [melding for melding in meldingen if melding.pk not in alone]
    lifecycle.move_many(still_open, outcome, actor=events.by(actor))
    # What waits for its time, in a flood or for a digest, is not sent any more.
    notifications_mails.unsent_mails(melding.pk for melding in still_open).update(due_at=None)
    return len(still_open)


def _emergencies_to_judge(meldingen: Iterable[Melding]) -> set[int]:
    """The ids of emergencies among them that nobody has looked at; where there is no emergency nothing is asked."""
    alarming = {each.pk for each in meldingen if each.state == workflow.NEW and each.danger in _EMERGENCIES}
    if not alarming:
        return alarming
    judgements = queries.that_stand(Event.objects.filter(melding__in=alarming, kind=Event.Kind.ASSESSED))
    return alarming - set(judgements.values_list("melding", flat=True))


def _in_sets(where: Municipality, melding_ids: Iterable[int], judge: Callable[[Sequence[Melding]], int]) -> int:
    """How many were judged. What was done stays done when a later set fails; doing it again does the rest."""
    ids, number = sorted(set(melding_ids)), 0
    for start in range(0, len(ids), SET):
        with transaction.atomic():
            number += judge(lifecycle.lock_many(ids[start : start + SET], where.pk))
    return number
