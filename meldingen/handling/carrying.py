"""Carries out an act on many, or undoes it, a portion at a time: each is one transaction, and may be done twice."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils import timezone

from meldingen.handling import bulk_acts, merging, moving, undoing
from meldingen.handling.models import BulkAct, BulkItem
from meldingen.record import lifecycle
from meldingen.record.models import Melding
from meldingen.tenancy.roles import Right, Standing, standing_of

PORTION = 200
# After so long without a portion the sweep asks for it again.
PATIENCE = timedelta(minutes=1)
Result, Stage, Why = BulkItem.Result, BulkAct.Stage, BulkItem.Why
logger = logging.getLogger(__name__)


def carry(act_id: int) -> bool:
    """Do the next portion; False when nothing is left to do.

    What was done stays done, whatever becomes of the worker. When a portion fails its meldingen are done one by one,
    and the one that fails by itself is left alone.
    """
    try:
        return _portion(act_id, PORTION)
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        logger.warning("act %s goes on one by one: %s", act_id, type(error).__name__)
    return all(_one(act_id) for _number in range(PORTION))


def _one(act_id: int) -> bool:
    try:
        return _portion(act_id, 1)
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        logger.error("act %s leaves one alone: %s", act_id, type(error).__name__)
    with transaction.atomic():
        act = _lock(act_id)
        for item in _waiting(act, 1) if act else []:
            item.result, item.why = _result(act, is_done=False), Why.ERROR
            item.save(update_fields=["result", "why"])
    return act is not None


@transaction.atomic
def _portion(act_id: int, most: int) -> bool:
    act = _lock(act_id)
    if act is None:
        return False
    items = _waiting(act, most)
    if not items:
        if act.kind in moving.KINDS and moving.settle(act):
            return True
        _finish(act)
        return False
    whys = _undo(act, items) if act.stage == Stage.UNDOING else _do(act, items)
    for item in items:
        item.why = whys.get(item.melding_id, "")
        item.result = _result(act, is_done=not item.why)
    BulkItem.objects.bulk_update(items, ["result", "why"])
    act.due_at, act.claims = timezone.now() + PATIENCE, 0
    act.save(update_fields=["due_at", "claims"])
    return True


def _lock(act_id: int) -> BulkAct | None:
    """The act that is being done or undone; who else works on it is waited for."""
    rows = BulkAct.objects.select_for_update(of=("self",)).filter(pk=act_id, stage__in=(Stage.RUNNING, Stage.UNDOING))
    return rows.select_related("municipality", "user", "team", "standard_text", "category").first()


def _waiting(act: BulkAct, most: int) -> list[BulkItem]:
    result = Result.DONE if act.stage == Stage.UNDOING else Result.WAITING
    return list(act.items.filter(result=result).order_by("melding")[:most])


def _result(act: BulkAct | None, *, is_done: bool) -> str:
    if act and act.stage == Stage.UNDOING:
        return Result.UNDONE if is_done else Result.KEPT
    return Result.DONE if is_done else Result.SKIPPED


def _do(act: BulkAct, items: Sequence[BulkItem]) -> bulk_acts.Whys:
    """Do these, but those that changed, or cannot; why not, by the id of the melding."""
    standing = standing_of(act.user, act.municipality)
    if Right.HANDLE not in standing.rights and act.kind not in moving.KINDS:  # what is retired is so already
        return dict.fromkeys((item.melding_id for item in items), Why.RIGHT.value)
    ids = {item.melding_id for item in items} | ({act.lead_id} if act.lead_id else set())
    in_lock = {melding.pk: melding for melding in lifecycle.lock_many(ids, act.municipality_id)}
    bulk_acts.complete(list(in_lock.values()))
    act.lead = in_lock.get(act.lead_id or 0)
    meldingen = [in_lock[item.melding_id] for item in items]
    doing, last = bulk_acts.ACTS[act.kind], merging.snapshots(in_lock)
    changed = {item.melding_id: Why.CHANGED.value for item in items if str(item.seen) != last[item.melding_id]}
    if act.kind in moving.KINDS:  # whatever was done to it, it is still of what is retired, or `cannot` says so
        changed = {}
    if act.kind == BulkAct.Kind.MERGE:  # whoever joined the one that leads meanwhile changes nothing for the others
        changed.pop(act.lead_id or 0, None)
    whys = changed | ({} if act.kind in moving.KINDS else _unseen(meldingen, standing)) | doing.cannot(act, meldingen)
    fit = [melding for melding in meldingen if melding.pk not in whys]
    if fit:
        doing.do(act, fit)
    return whys


def _unseen(meldingen: Sequence[Melding], standing: Standing) -> bulk_acts.Whys:
    """What became confidential since, for who does not see that."""
    if Right.CONFIDENTIAL in standing.rights:
        return {}
    categories = {melding.pk: melding.category for melding in meldingen if melding.team_id not in standing.teams}
    return {
        pk: Why.UNSEEN.value
        for pk, category in categories.items()
        if category and (category.is_confidential or (category.parent and category.parent.is_confidential))
    }


def _undo(act: BulkAct, items: Sequence[BulkItem]) -> bulk_acts.Whys:
    """Undo these; why not, by the id of the melding. Nothing was done to the one that leads."""
    after = {item.melding_id: item.seen for item in items if item.melding_id != act.lead_id}
    refusals = undoing.undo_many(act.municipality, act.user, after)
    return {pk: Why.TOLD.value if refused.code == "told" else Why.CHANGED.value for pk, refused in refusals.items()}


def _finish(act: BulkAct) -> None:
    act.stage = Stage.UNDONE if act.stage == Stage.UNDOING else Stage.DONE
    act.ended_at, act.due_at, act.text = timezone.now(), None, ""
    act.save(update_fields=["stage", "ended_at", "due_at", "text"])
