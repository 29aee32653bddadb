"""Reports of one thing: one of them leads, and reporters of the others read how that one goes on; and back again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from meldingen.handling import judging
from meldingen.handling.triage import Case
from meldingen.notifications import mails, reading, telling
from meldingen.notifications.models import Recipient
from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import Event, Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality, User

MOST = 200  # that are merged at once
CHANGED = _("A colleague or the reporter changed this one in the meantime. Look at it, then merge it.")


@dataclass(frozen=True)
class Readers:
    """Who will read what when some meldingen are merged: reporters who are mailed so, and those who left no address;
    whether who reported the one that leads is mailed; the day that any of those was told, last, and when the one that
    leads should be done.
    """

    mailed: int
    unmailed: int
    mails_lead: bool
    told: datetime | None
    term: datetime | None


@dataclass(frozen=True)
class Outcome:
    """How many were merged, of which the words say why not, by reference, and the events of those that were."""

    merged: int
    refused: Sequence[tuple[str, object]]
    events: Sequence[Event] = ()


def merge(case: Case, lead_id: int) -> None:
    """Merge the melding into the one that leads.

    A lead is open, for others to read of, and merged into none itself; and who is merged leads none. Both rows are
    locked in the order of their ids, so two colleagues who merge them into one another wait, and the second is refused.
    The database holds the same (the migration `merging`).
    """
    with transaction.atomic():
        in_lock = {each.pk: each for each in lifecycle.lock_many({case.melding_id, lead_id}, case.municipality.pk)}
        melding, lead = in_lock.get(case.melding_id), in_lock.get(lead_id)
        if melding is None:
            raise Melding.DoesNotExist
        lead = leads(lead)
        _check(melding, lead, _leading([melding.pk]))
        merge_into(lead, [melding], by=case.actor)


def merge_many(case: Case, seen: Mapping[int, str]) -> Outcome:
    """Merge others into the melding of the case, all in one transaction; `seen` is what each was like, by its id.

    Those that changed since, or cannot be merged, are left as they are.
    """
    with transaction.atomic():
        ids = sorted(seen)[:MOST]
        in_lock = {each.pk: each for each in lifecycle.lock_many({case.melding_id, *ids}, case.municipality.pk)}
        lead = leads(in_lock.pop(case.melding_id, None))
        now = snapshots(in_lock)
        refusals: dict[int, Refused] = cannot(list(in_lock.values()), lead)
        refusals |= {pk: Refused("changed", CHANGED) for pk in in_lock if seen[pk] != now[pk]}
        fit = [melding for melding in in_lock.values() if melding.pk not in refusals]
        refused = [(in_lock[pk].reference, refusals[pk].message) for pk in in_lock if pk in refusals]
        return Outcome(len(fit), refused, merge_into(lead, fit, by=case.actor))


def cannot(meldingen: Sequence[Melding], lead: Melding) -> dict[int, Refused]:
    """Which of these cannot be merged into the lead, by their ids, and why."""
    refusals, leading = dict[int, Refused](), _leading(melding.pk for melding in meldingen)
    for melding in meldingen:
        try:
            _check(melding, lead, leading)
        except Refused as refused:
            refusals[melding.pk] = refused
    return refusals


def merge_into(lead: Melding, meldingen: Sequence[Melding], *, by: User) -> list[Event]:
    """Merge locked meldingen, all of which can be, into a locked one; their reporters hear so, and who reported
    the one that leads hears of the first.
    """
    if not meldingen:
        return []
    merged = lifecycle.change_many(meldingen, events.Merged(), actor=events.by(by), lead=lead, deadline=None)
    telling.tell(merged)
    telling.tell_lead(merged, lead)
    return merged


def part(case: Case) -> None:
    """Let a melding that was merged stand alone again, with the state and the term that it had.

    Who has not heard of the merger yet does not hear of it any more.
    """
    with transaction.atomic():
        own = Melding.objects.of(case.municipality).filter(pk=case.melding_id)
        lead_id = own.values_list("lead", flat=True).get()
        if lead_id is not None:
            lifecycle.lock(lead_id, case.municipality.pk)
        melding = lifecycle.lock(case.melding_id, case.municipality.pk)
        if lead_id is None or melding.lead_id != lead_id:
            raise Refused("alone", _("This melding is merged into that one no more. Look again."))
        mergers = melding.events.filter(kind=Event.Kind.MERGED)
        ended = events.of(lifecycle.part(melding, actor=case.by))
        telling.withhold(mergers.filter(pk__in=getattr(ended, "of", ())))


def snapshots(melding_ids: Iterable[int]) -> dict[int, str]:
    """What people last did with each of these, as `triage.snapshot` says it of one."""
    ids = list(melding_ids)
    decisions = Event.objects.filter(melding__in=ids, actor_kind__in=events.DECIDING)
    last = dict(decisions.order_by().values("melding").annotate(last=Max("id")).values_list("melding", "last"))
    return {pk: str(last.get(pk, 0)) for pk in ids}


def with_snapshots(meldingen: QuerySet[Melding]) -> QuerySet[Melding]:
    """The same rows, each with its snapshot as the number `last_decision`: no question of its own for what is shown."""
    decisions = Event.objects.filter(melding=OuterRef("pk"), actor_kind__in=events.DECIDING).order_by("-id")
    return meldingen.annotate(last_decision=Coalesce(Subquery(decisions.values("id")[:1]), 0))


def readers(municipality: Municipality, lead: Melding, melding_ids: Iterable[int]) -> Readers:
    """Who will read what when these are merged into the lead."""
    ids = list(melding_ids)
    meldingen = Melding.objects.of(municipality).filter(pk__in=ids)
    reporters = Recipient.objects.of(municipality).filter(
        ~Q(address_key=""), melding__in=meldingen, kind=Recipient.Kind.REPORTER, stopped_at__isnull=True
    )
    day = meldingen.aggregate(last=Max("promised_at"))["last"]
    number = reporters.filter(melding__is_suspect=False).count()
    hears = mails.company_of(lead, ids) is not None
    return Readers(number, meldingen.count() - number, hears, day, lead.promised_at or lead.deadline)


def first_lead(municipality: Municipality, melding_ids: Iterable[int]) -> int | None:
    """The one that leads unless somebody chooses another: that leads others already, else the first of the open ones.

    An emergency leads before others.
    """
    ids = list(melding_ids)
    rows = Melding.objects.of(municipality).filter(pk__in=ids, lead__isnull=True, state__in=sorted(workflow.OPEN))
    leading = set(Melding.objects.of(municipality).filter(lead__in=ids).values_list("lead", flat=True))
    complete = rows.select_related("category__parent").defer("search", "text")
    fit = [melding for melding in complete if reading.is_for_others(melding)]
    unjudged = judging.left_alone(fit)
    place = {each.pk: (each.pk not in leading, each.pk not in unjudged, each.received_at, each.pk) for each in fit}
    return min(place, key=place.__getitem__) if place else None


def _leading(melding_ids: Iterable[int]) -> set[int]:
    """The ids of those into which others were merged."""
    rows = Melding.objects.filter(lead__in=list(melding_ids))
    return {pk for pk in rows.values_list("lead", flat=True) if pk}


def leads(lead: Melding | None) -> Melding:
    """The same melding, which may be read of by others; Refused for one that may not, or that is not there."""
    if lead is None or not reading.is_for_others(lead):
        raise Refused("unknown", _("There is no such melding to merge with."), "lead")
    return lead


def _check(melding: Melding, lead: Melding, leading: Collection[int]) -> None:
    if lead.pk == melding.pk:
        raise Refused("itself", _("A melding cannot be merged into itself. Choose another one."), "lead")
    if lead.state in workflow.CLOSED:
        raise Refused("closed", _("That melding is closed. Open it again, or choose another one."), "lead")
    if lead.lead_id is not None:
        raise Refused("merged", _("That melding was merged itself. Choose the one into which it was merged."), "lead")
    if melding.lead_id is not None:
        raise Refused("merged_already", _("This melding was merged already."), "lead")
    if melding.pk in leading:
        raise Refused("leads", _("Others were merged into this melding. Merge the other one into it instead."), "lead")
    if judging.is_unjudged_emergency(melding):
        raise Refused("unjudged", _("Nobody has looked yet whether somebody is in danger. Say so first."), "lead")
