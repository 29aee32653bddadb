"""What colleagues say of meldingen that came in a flood: real, or spam. Each set of them is one transaction."""

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction

from meldingen.notifications import mails as notifications_mails
from meldingen.notifications import telling
from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality, User

SET = 200  # meldingen that are locked at a time


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

    The number of them. Closed ones, and those of another municipality, are left alone.
    """
    return _in_sets(where, melding_ids, lambda meldingen: _close_unheard(meldingen, workflow.SPAM, actor))


def call_threat(where: Municipality, actor: User, melding_ids: Iterable[int]) -> int:
    """Say that these meldingen are threats: closed without a word to anybody. The number of them, as for spam."""
    return _in_sets(where, melding_ids, lambda meldingen: _close_unheard(meldingen, workflow.THREAT, actor))


def _release(meldingen: Sequence[Melding], actor: User, *, at_once: bool) -> int:
    suspect = [melding for melding in meldingen if melding.is_suspect]
    lifecycle.change_many(suspect, events.Released(), actor=events.by(actor), is_suspect=False)
    telling.tell(notifications_mails.mailed_events(melding.pk for melding in suspect), at_once=at_once)
    telling.hand_over(suspect)
    return len(suspect)


def _close_unheard(meldingen: Sequence[Melding], outcome: str, actor: User) -> int:
    still_open = [melding for melding in meldingen if melding.state in workflow.OPEN]
    lifecycle.move_many(still_open, outcome, actor=events.by(actor))
    # What waits for its time, in a flood or for a digest, is not sent any more.
    notifications_mails.unsent_mails(melding.pk for melding in still_open).update(due_at=None)
    return len(still_open)


def _in_sets(where: Municipality, melding_ids: Iterable[int], judge: Callable[[Sequence[Melding]], int]) -> int:
    """How many were judged. What was done stays done when a later set fails; doing it again does the rest."""
    ids, judged = sorted(set(melding_ids)), 0
    for start in range(0, len(ids), SET):
        with transaction.atomic():
            judged += judge(lifecycle.lock_many(ids[start : start + SET], where.pk))
    return judged
