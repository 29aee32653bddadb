"""Many at once: which meldingen, what would happen, and then a task that does it. Who may is the door's question.

What is chosen is kept as it was seen, so that what is asked for is what somebody read: an act on many is a row, and so
is each of its meldingen with the last thing that people did to it. What changed since is left alone, and listed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from meldingen import queueing
from meldingen.categories.models import Category
from meldingen.handling import bulk_acts, bulk_tasks, foreseeing, gaps, merging, moving
from meldingen.handling.models import BulkAct, BulkItem, StandardText
from meldingen.handling.triage import MAX_TEXT
from meldingen.notifications import mails
from meldingen.notifications.models import Recipient
from meldingen.record import outcomes, workflow
from meldingen.record.models import Melding
from meldingen.record.queries import SPAM_KEPT
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality, Team, User

MOST = 5000  # at once
MOST_SPAM = 50  # of who is no coordinator
KEPT_DRAFT = timedelta(days=1)
UNDO_FOR = timedelta(days=1)  # what nobody heard of
BATCH = 1000
Kind, Stage, Result, Why = BulkAct.Kind, BulkAct.Stage, BulkItem.Result, BulkItem.Why


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a colleague fills in besides which meldingen."""

    outcome: str = ""
    reason: str = ""
    text: str = ""
    standard_text: StandardText | None = None
    for_everybody: bool = False
    team: Team | None = None
    colleague: User | None = None
    priority: int | None = None
    category: Category | None = None
    reroute: bool = False
    lead_id: int | None = None


@dataclass(frozen=True)
class Preview:
    """What would happen: to how many, who hears of it, and which are left alone, by why.

    `teams`: of a category that was chosen, how many each team then has, the most first; None for no team.
    """

    total: int
    fit: int
    mailed: int
    left_alone: Mapping[str, Sequence[Melding]] = field(default_factory=dict)
    teams: Sequence[tuple[Team | None, int]] = ()

    @property
    def number_left(self) -> int:
        """How many are left alone."""
        return self.total - self.fit


@dataclass(frozen=True)
class Progress:
    """How far it is: numbers of meldingen."""

    total: int
    done: int
    skipped: int
    undone: int
    kept: int

    @property
    def ready(self) -> int:
        """Those of which it is known what became of them."""
        return self.done + self.skipped + self.undone + self.kept


@dataclass(frozen=True)
class Logged:
    """How many meldingen the same became of, why, and the first of them."""

    result: str
    why: str
    number: int
    meldingen: Sequence[Melding]


_LOG = (Result.KEPT, Result.SKIPPED, Result.UNDONE, Result.DONE)


@transaction.atomic
def choose(
    where: Municipality, user: User, kind: str, meldingen: QuerySet[Melding], query: str, *, may_flood: bool
) -> BulkAct:
    """Keep which meldingen a colleague chose, at most MOST, each as it is now; nothing is done yet.

    Refused for none at all, and for more spam than who is no coordinator judges at once.
    """
    ids = list(meldingen.values_list("pk", flat=True)[: MOST + 1])
    if not ids:
        raise Refused("empty", _("Nothing was chosen, or it left this list. Tick meldingen, or the whole list."))
    _check_flood(kind, len(ids), may_flood=may_flood)
    is_capped = len(ids) > MOST
    lead_id = merging.first_lead(where, ids) if kind == Kind.MERGE else None
    act = BulkAct.objects.create(
        municipality=where, user=user, kind=kind, query=query[:2000], is_capped=is_capped, lead_id=lead_id
    )
    seen = merging.snapshots(ids[:MOST])
    items = [BulkItem(municipality=where, act=act, melding_id=pk, seen=int(mark)) for pk, mark in seen.items()]
    BulkItem.objects.bulk_create(items, batch_size=BATCH)
    return act


def _check_flood(kind: str, number: int, *, may_flood: bool) -> None:
    if kind == Kind.SPAM and number > MOST_SPAM and not may_flood:
        raise Refused("flood", flood_words())


def flood_words() -> str:
    """What who is no coordinator hears."""
    return _("More than %(most)s at once are called spam by a coordinator. Choose fewer, or ask one.") % {
        "most": MOST_SPAM
    }


def preview(act: BulkAct, choice: Choice) -> Preview:
    """What would happen now. Reads, and writes nothing."""
    _fill(act, choice)
    items = dict(act.items.values_list("melding", "seen"))
    rows = Melding.objects.of(act.municipality).filter(pk__in=items).defer("search", "text", "point").order_by("pk")
    meldingen = list(rows.select_related("category__parent"))
    last = merging.snapshots(items)
    whys = {pk: Why.CHANGED.value for pk, seen in items.items() if str(seen) != last[pk]}
    whys |= bulk_acts.ACTS[act.kind].cannot(act, meldingen)
    left_alone: dict[str, list[Melding]] = {}
    for melding in meldingen:
        if melding.pk in whys:
            left_alone.setdefault(whys[melding.pk], []).append(melding)
    fit = [melding for melding in meldingen if melding.pk not in whys]
    if act.kind == Kind.MERGE and len(fit) == 1:
        fit = []  # the one that leads, with none to lead
    thens = foreseeing.foresee_many(fit, act.category, reroute=act.reroute) if act.category else fit
    teams = _teams_of(act, thens) if act.category else ()
    return Preview(len(items), len(fit), _mailed(act, fit, thens), left_alone, teams)


def _teams_of(act: BulkAct, thens: Sequence[Melding]) -> Sequence[tuple[Team | None, int]]:
    numbers = Counter(then.team_id for then in thens)
    teams = Team.objects.of(act.municipality).in_bulk([pk for pk in numbers if pk])
    return [(teams.get(pk or 0), number) for pk, number in numbers.most_common()]


def _mailed(act: BulkAct, fit: Sequence[Melding], thens: Sequence[Melding]) -> int:
    """How many reporters get a mail; `thens`: the same meldingen as they would be."""
    ids_merged: list[int] = []
    match act.kind:
        case Kind.SPAM | Kind.HAND | Kind.PRIORITY:
            return 0
        case Kind.ASSIGN:
            fit = [melding for melding in fit if melding.state != workflow.ASSIGNED]
        case Kind.MERGE:
            fit = [melding for melding in fit if melding.pk != act.lead_id]
            ids_merged = [melding.pk for melding in fit]
        case Kind.CORRECT:  # of a category alone nobody hears
            fit = [then for then in thens if then.state == workflow.NEW and then.team_id] if act.category else []
    ids = [melding.pk for melding in fit if not melding.is_suspect]
    reporters = Recipient.objects.of(act.municipality).filter(
        ~Q(address_key=""), melding__in=ids, kind=Recipient.Kind.REPORTER, stopped_at__isnull=True
    )
    hears_lead = bool(ids_merged and act.lead and mails.company_of(act.lead, ids_merged))
    return reporters.count() + hears_lead


def _fill(act: BulkAct, choice: Choice) -> None:
    act.outcome, act.reason, act.text = choice.outcome, choice.reason, choice.text.strip()
    act.standard_text, act.for_everybody, act.team = choice.standard_text, choice.for_everybody, choice.team
    act.category, act.reroute = choice.category, choice.reroute
    act.colleague, act.priority = choice.colleague, choice.priority
    if act.kind == Kind.MERGE and choice.lead_id:
        act.lead_id = choice.lead_id


@transaction.atomic
def start(where: Municipality, user: User, act_id: int, choice: Choice, *, may_flood: bool) -> BulkAct:
    """Let it be done. One that was begun already, in another tab, is left as it is.

    BulkAct.DoesNotExist for one of somebody else.
    """
    act = BulkAct.objects.of(where).select_for_update(of=("self",)).get(pk=act_id, user=user)
    if act.stage != Stage.DRAFT:
        return act
    _fill(act, choice)
    _check_flood(act.kind, act.items.count(), may_flood=may_flood)
    _check(act)
    act.stage, act.began_at, act.due_at = Stage.RUNNING, timezone.now(), timezone.now()
    act.save()
    queueing.after_commit(bulk_tasks.carry_out, act.pk)
    return act


def _check(act: BulkAct) -> None:
    """Refused where something must be filled in still."""
    if act.kind == Kind.ASSIGN and act.team is None:
        raise Refused("team", _("Choose a team."), "team")
    if act.kind == Kind.ASSIGN and act.team and not act.team.is_active:
        raise Refused("retired", _("This team is not in use any more. Choose another one."), "team")
    if act.kind == Kind.HAND and act.colleague is None:
        raise Refused("member", _("Choose a colleague."), "member")
    if act.kind == Kind.PRIORITY and act.priority is None:
        raise Refused("priority", _("Choose a priority."), "priority")
    if act.kind == Kind.CORRECT and act.category is None:
        raise Refused("category", _("Choose a category."), "category")
    if act.kind == Kind.MERGE and not act.items.filter(melding=act.lead_id or 0).exists():
        raise Refused("lead", _("Choose which one leads."), "lead")
    if act.kind == Kind.CLOSE:
        if act.outcome not in outcomes.REASONS or act.reason not in ("", *outcomes.REASONS[act.outcome]):
            raise Refused("outcome", _("Choose how it ended."), "outcome")
        says_why = act.reason or act.text or act.standard_text
        if act.outcome in outcomes.NEEDS_REASON and not says_why:
            raise Refused("empty", _("Write something first."), "text")
        if len(act.text) > MAX_TEXT:
            raise Refused("too_long", format_lazy(_("Use at most {most} characters."), most=MAX_TEXT), "text")
        _check_gaps(act)


# Which of them cannot fill in a blank.
_WITHOUT = {
    "{categorie}": Q(melding__category=None),
    "{team}": Q(melding__team=None),
    "{dag}": Q(melding__promised_at=None, melding__deadline=None),
}


def _check_gaps(act: BulkAct) -> None:
    """Refused for words with a gap, and for a blank that some of the meldingen would leave open."""
    texts = [str(text) for text in act.standard_text.text_texts.values()] if act.standard_text else [act.text]
    for text in texts:
        gaps.check(text)
    for blank, lacking in _WITHOUT.items():
        if any(blank in text for text in texts) and act.items.filter(lacking).exists():
            message = _("Not all of these have a value for {blank}: write it without, or choose others.")
            raise Refused("gap", format_lazy(message, blank=blank), "text")


@transaction.atomic
def undo(where: Municipality, user: User, act_id: int) -> BulkAct:
    """Let be undone what this colleague did to many; what cannot be is left as it is, and listed.

    BulkAct.DoesNotExist for one of somebody else.
    """
    act = BulkAct.objects.of(where).select_for_update(of=("self",)).get(pk=act_id, user=user)
    if may_undo(act):
        act.stage, act.due_at = Stage.UNDOING, timezone.now()
        act.save(update_fields=["stage", "due_at"])
        queueing.after_commit(bulk_tasks.carry_out, act.pk)
    return act


def may_undo(act: BulkAct) -> bool:
    """Whether there is something that may be undone still: spam as long as its sender is known.

    What is retired has its open meldingen no more: it is put into use again, and they are brought back by hand.
    """
    if act.kind in moving.KINDS:
        return False
    until = SPAM_KEPT if act.kind == Kind.SPAM else UNDO_FOR
    return act.stage == Stage.DONE and act.ended_at is not None and act.ended_at > timezone.now() - until


def progress(act: BulkAct) -> Progress:
    """How far it is; one query."""
    numbers = dict(act.items.order_by().values_list("result").annotate(Count("pk")))
    names = ("done", "skipped", "undone", "kept")
    return Progress(sum(numbers.values()), *(numbers.get(name, 0) for name in names))


def log(act: BulkAct, most: int) -> list[Logged]:
    """What became of them, what was left alone first; a question for each of these, and one for all."""
    numbers = act.items.exclude(result=Result.WAITING).order_by().values_list("result", "why").annotate(Count("pk"))
    groups = sorted(numbers, key=lambda group: (_LOG.index(group[0]), -group[2]))
    return [Logged(result, why, number, _some(act, result, why, most)) for result, why, number in groups]


def _some(act: BulkAct, result: str, why: str, most: int) -> Sequence[Melding]:
    ids = act.items.filter(result=result, why=why).order_by("melding").values_list("melding", flat=True)[:most]
    return list(Melding.objects.of(act.municipality).filter(pk__in=list(ids)).only("reference").order_by("pk"))


def forget_drafts(where: Municipality) -> int:
    """Remove what somebody chose and did not do; how many acts, 0 when none is left."""
    old = BulkAct.objects.of(where).filter(stage=Stage.DRAFT, created_at__lt=timezone.now() - KEPT_DRAFT)
    with transaction.atomic():
        ids = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
        BulkItem.objects.of(where).filter(act__in=ids).delete()
        BulkAct.objects.of(where).filter(pk__in=ids).delete()
        return len(ids)
