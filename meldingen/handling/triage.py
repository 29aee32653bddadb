"""What colleagues decide on a melding: category, team, danger, answer, note, state.

Each use case is one transaction that locks the row, and what the reporter is told is enqueued when it commits. Who may
do it is the door's question (tenancy.roles).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meldingen import calendar
from meldingen.categories.models import Category
from meldingen.handling import correcting, gaps, guesses, holding, judging, many
from meldingen.handling.formality import is_formal
from meldingen.handling.holding import Keep
from meldingen.notifications import telling
from meldingen.record import events, lifecycle, outcomes, queries, references, workflow
from meldingen.record.models import Event, Melding, Note
from meldingen.refusals import Refused
from meldingen.routing import planning, routes
from meldingen.tenancy.models import Membership, Municipality, Team, User
from meldingen.tenancy.roles import RIGHTS, Right

MAX_TEXT = 5000
HANDLING = sorted(role for role, rights in RIGHTS.items() if Right.HANDLE_OWN in rights)
UNJUDGED = _("Nobody has looked yet whether somebody is in danger. Say below what danger there is, then close it.")
FORMAL = _("It may be an objection, a claim or the like: send it on to who decides on that, or say that it is none.")
CHANGED = _("Somebody did something with this melding since you opened it. Look what, then send again.")
MERGED = _("This melding goes on with {reference}. Do it there, or take this one apart first.")
MOST_AHEAD = timedelta(days=366)  # for which work is planned


@dataclass(frozen=True, kw_only=True)
class Case:
    """Which melding, where, by whom, and as they saw it: `seen` is its `snapshot`; None asks for no comparison.

    `reads`: what the reporter wrote counts as read by this; not where another team only leaves a note.
    """

    melding_id: int
    municipality: Municipality
    actor: User
    seen: str | None = None
    reads: bool = True

    @property
    def by(self) -> events.Actor:
        """As history names them."""
        return events.by(self.actor)


def snapshot(melding: Melding) -> str:
    """What a colleague has seen when they decide: all that people did. Each act of colleague or reporter changes it.

    What a model or a rule does makes no page stale: nobody's decision is overwritten.
    """
    decided = melding.events.filter(actor_kind__in=events.DECIDING).order_by("id")
    return str(decided.values_list("id", flat=True).last() or 0)


def snapshot_of(history: Iterable[Event]) -> str:
    """The same of a history that was read already, all of it."""
    return str(max((event.pk for event in history if event.actor_kind in events.DECIDING), default=0))


def take(case: Case) -> None:
    """Start the work: in progress, by this colleague. The reporter hears so."""
    with alone(case) as melding:
        telling.tell([lifecycle.move(melding, workflow.IN_PROGRESS, actor=case.by, assignee=case.actor)])


def schedule(case: Case, day: date, text: str = "", *, for_everybody: bool = False) -> None:
    """Plan the work for a day, which the reporter is told: from here on it is what was promised."""
    with alone(case) as melding:
        words = _told(text, needed=False)
        zone = case.municipality.time_zone
        today = calendar.local_day(timezone.now(), zone)
        if day < today:
            raise Refused("past", _("This day is over. Choose today or a later day."), "day")
        if day > today + MOST_AHEAD:
            raise Refused("far", _("This day is more than a year from now. Choose an earlier day."), "day")
        promised = calendar.start_of_day(day + timedelta(days=1), zone) - timedelta(seconds=1)
        event = lifecycle.move(melding, workflow.PLANNED, actor=case.by, promised_at=promised)
        _publish(case, event, words, for_everybody=for_everybody)


def ask(case: Case, text: str) -> None:
    """Ask the reporter something, and wait for what they say; meanwhile it is not late."""
    with alone(case) as melding:
        words = _told(text)
        _publish(case, lifecycle.move(melding, workflow.WAITING, actor=case.by), words)


def assign(case: Case, team: Team) -> None:
    """Give it to a team. One that was in progress or opened again waits for that team.

    The reporter hears that a team has it, and reads on their own page which; not from which team it comes.
    """
    with alone(case) as melding:
        _check_ours(case, team)
        if not team.is_active:
            raise Refused("retired", _("This team is not in use any more. Choose another one."), "team")
        if melding.state != workflow.ASSIGNED:
            workflow.check(melding.state, workflow.ASSIGNED)
        elif melding.team_id == team.pk:
            raise Refused("same_team", _("This team has it already."), "team")
        many.give([melding], team, by=case.actor)


def hand_to(case: Case, colleague: User) -> None:
    """Put it into the hands of a colleague of this municipality; its state and its team stay."""
    if not may_have(case.municipality, colleague):
        raise ValueError("nobody who handles meldingen here")
    with alone(case) as melding:
        if melding.assignee_id == colleague.pk:
            raise Refused("same_colleague", _("This colleague has it already."), "member")
        many.hand([melding], colleague, by=case.actor)


def may_have(where: Municipality, colleague: User) -> bool:
    """Whether a colleague handles meldingen here."""
    return Membership.objects.of(where).filter(user=colleague, role__in=HANDLING).exists()


def prioritise(case: Case, priority: int, reason: str = "") -> None:
    """Say how soon it is to be done. No term moves by it, and nobody hears of it: lists have it in another place.

    Below what its danger asks for only with a reason, which colleagues read.
    """
    with alone(case) as melding:
        words = _words(reason, needed=False)
        if melding.state in workflow.CLOSED:
            raise Refused("closed", _("This melding is closed already."))
        if priority == melding.priority:
            raise Refused("same_priority", _("It has this priority already."), "priority")
        if priority < planning.least_priority(melding) and not words:
            raise Refused("danger", _("Its danger asks for a higher one. Write below why it may be lower."), "text")
        (event,) = many.prioritise([melding], priority, by=case.actor)
        if words:
            _keep_note(case, event, words)


def recategorise(case: Case, category: Category, *, reroute: bool = False, guesses_seen: str = "") -> None:
    """Say what it is about; confirming what the model or the reporter said counts too.

    Routes when asked, and in any case what is new and had no category. What colleagues brought to a team before it had
    one keeps its team and gets the term.

    `guesses_seen` is the mark of the guesses that the page showed (handling.guesses).
    """
    with alone(case) as melding:
        _check_ours(case, category)
        if not category.is_active and category.pk != melding.category_id:
            raise Refused("retired", _("This category is not in use any more. Choose another one."), "category")
        if correcting.stands(melding, category) and not reroute:
            raise Refused("same_category", _("A colleague chose this category already."), "category")
        if reroute and melding.state in workflow.CLOSED:
            raise Refused("closed", _("This melding is closed: open it again before you route it."), "reroute")
        saw = guesses.seen(melding, guesses_seen)
        correcting.correct([melding], category, by=case.actor, reroute=reroute, saw=saw)


def assess(case: Case, danger: str) -> None:
    """Say what danger there is, one of Melding.Danger; priority and deadline follow that and no longer the words.

    A new melding that has a category goes to its team.
    """
    with opened(case) as melding:
        if danger == melding.danger and judging.is_judged(melding):
            raise Refused("same_danger", _("A colleague said so already."), "danger")
        _assess(case, melding, danger)
        if melding.state == workflow.NEW and routes.route(melding, actor=case.by):
            _tell_of_routing(melding, before=workflow.NEW)


def answer(case: Case, text: str, *, for_everybody: bool = False) -> None:
    """Answer the reporter, in public: on the follow page and by mail. Others read it when it is for everybody."""
    with opened(case) as melding:
        words = _told(text)
        if words == melding.answers.order_by("id").values_list("text", flat=True).last():
            raise Refused("same_text", _("This answer was given already."), "text")
        event = lifecycle.change(melding, events.Answered(), actor=case.by)
        _publish(case, event, words, for_everybody=for_everybody)


def note(case: Case, text: str) -> None:
    """Leave a remark that only colleagues see."""
    with opened(case) as melding:
        words = _words(text)
        if words == melding.notes.order_by("id").values_list("text", flat=True).last():
            raise Refused("same_text", _("This note was left already."), "text")
        _keep_note(case, lifecycle.change(melding, events.Noted(), actor=case.by), words)


def mark_read(case: Case) -> None:
    """Say that what the reporter wrote was read and asks for nothing else."""
    with opened(case):
        pass


def close(
    case: Case,
    outcome: str,
    text: str = "",
    *,
    reason: str = "",
    for_everybody: bool = False,
    danger: str | None = None,
    is_mere_report: bool = False,
) -> None:
    """Close it as solved, forwarded or declined, with what the reporter is told.

    `reason` is one of `record.outcomes` for that outcome; everybody who may hear of it reads it. Who forwards or
    declines without one says why in words. `danger`, one of Melding.Danger, judges an emergency that nobody has looked
    at; without it such a one is not closed. One whose words ask for something else (an objection, a claim) is
    forwarded, or closed by a colleague who says that it is a mere report.
    """
    if outcome not in outcomes.REASONS or reason not in ("", *outcomes.REASONS[outcome]):
        raise ValueError(f"no outcome: {outcome}, {reason}")
    with alone(case) as melding:
        words = _told(text, needed=outcome in outcomes.NEEDS_REASON and not reason)
        if outcome != workflow.FORWARDED and not is_mere_report and is_formal(melding):
            raise Refused("formal", FORMAL, "is_mere_report")
        if judging.is_unjudged_emergency(melding):
            if danger is None:
                raise Refused("unjudged", UNJUDGED, "danger")
            _assess(case, melding, danger, ends=True)
        said = {melding.pk: words}
        many.end([melding], outcome, by=case.actor, reason=reason, words=said, for_everybody=for_everybody)


def reopen(case: Case, text: str = "", *, note: str = "", for_everybody: bool = False) -> None:
    """Open it again, with what the reporter is told, if anything, and what only colleagues read.

    Its term and what is promised begin again.
    """
    with alone(case) as melding:
        words, remark = _told(text, needed=False), _words(note, needed=False)
        plan = _plan(melding, since=timezone.now())
        promised = plan.deadline if plan.expected_day else None
        values: dict[str, Any] = {"deadline": plan.deadline, "promised_at": promised, "done_by": plan.done_by}
        event = lifecycle.move(melding, workflow.REOPENED, actor=case.by, **values)
        _publish(case, event, words, for_everybody=for_everybody)
        if remark:
            _keep_note(case, lifecycle.change(melding, events.Noted(), actor=case.by), remark)


def release(case: Case) -> None:
    """Say that a suspect melding is real; the reporter gets the mails that were held."""
    with opened(case) as melding:
        if not judging.release(case.municipality, case.actor, [melding.pk]):
            raise Refused("judged", _("A colleague has judged this melding already."))


def call_spam(case: Case) -> None:
    """Close it as spam; nobody hears of it, and it is in no figure. Not an emergency that nobody has looked at."""
    with opened(case) as melding:
        _check_judged(melding)
        if not judging.call_spam(case.municipality, case.actor, [melding.pk]):
            raise Refused("closed", _("This melding is closed already."))


def call_threat(case: Case, hold: Keep) -> None:
    """Close it as a threat; nobody hears of it. It counts, for it was received. An emergency: as for spam.

    Who made it is kept for a while, whatever the term of contact details.
    """
    with opened(case) as melding:
        _check_judged(melding)
        if not judging.call_threat(case.municipality, case.actor, [melding.pk]):
            raise Refused("closed", _("This melding is closed already."))
        holding.keep(melding, hold, by=case.actor)
        telling.warn_of_threat(melding.events.filter(to_state=workflow.THREAT).latest("id"))


def hold(case: Case, hold: Keep) -> None:
    """Say anew until when who made it is kept, and why."""
    with opened(case) as melding:
        holding.keep(melding, hold, by=case.actor)


@contextmanager
def opened(case: Case) -> Iterator[Melding]:
    """The locked melding in one transaction. Refused when it is no longer as the colleague saw it."""
    with transaction.atomic():
        melding = lifecycle.lock(case.melding_id, case.municipality.pk)
        if case.seen is not None and case.seen != snapshot(melding):
            raise Refused("changed", CHANGED)
        if (
            melding.reporter_spoke_at and case.reads
        ):  # whoever acts has read what the reporter wrote: the page is as it is now
            lifecycle.put(melding, reporter_spoke_at=None)
        try:
            yield melding
        except workflow.TransitionRefused as refused:
            message = _("A melding that is “{old}” cannot become “{new}”.")
            old, new = Melding.State(refused.from_state).label, Melding.State(refused.to_state).label
            raise Refused("transition", format_lazy(message, old=old, new=new)) from refused


@contextmanager
def alone(case: Case) -> Iterator[Melding]:
    """The same, for what moves it: one that was merged goes on with the one that leads, and is moved with that."""
    with opened(case) as melding:
        if melding.lead is not None:
            reference = references.spaced(melding.lead.reference)
            raise Refused("merged", format_lazy(MERGED, reference=reference))
        yield melding


def _plan(melding: Melding, *, since: datetime) -> planning.Plan:
    return planning.plan(melding, planning.read_rulebook(melding.municipality_id, [melding]), since=since)


def _assess(case: Case, melding: Melding, danger: str, *, ends: bool = False) -> None:
    """Put down what danger there is, with what follows from it, and tell who is on duty.

    Of one that `ends` in the same act nothing is promised any more.
    """
    was = events.Change(melding.danger, danger)
    changed, since = danger != melding.danger, queries.term_from(melding)
    told_day = None if melding.danger else melding.promised_at
    melding.danger = danger
    plan = _plan(melding, since=since)
    values: dict[str, Any] = {"danger": danger, "priority": plan.priority, "deadline": plan.deadline}
    if changed and not ends and melding.state != workflow.PLANNED:  # whoever planned it told a day
        promised = values["promised_at"] = planning.promise_anew(melding, plan, since=since)
        values["done_by"] = told_day or planning.promises(melding, plan)[1]
        if plan.priority > melding.priority and promised and plan.deadline:  # what was told holds for us too
            values["deadline"] = min(promised, plan.deadline)
    telling.alarm(lifecycle.change(melding, events.Assessed(danger=was), actor=case.by, **values))


def _keep_note(case: Case, event: Event, words: str) -> None:
    Note.objects.create(
        municipality=case.municipality, melding_id=event.melding_id, event=event, text=words, author=case.actor
    )


def _check_judged(melding: Melding) -> None:
    if judging.is_unjudged_emergency(melding):
        raise Refused("unjudged", UNJUDGED)


def _check_ours(case: Case, row: Team | Category) -> None:
    if row.municipality_id != case.municipality.pk:
        raise ValueError("a row of another municipality")


def _words(text: str, *, needed: bool = True) -> str:
    words = text.strip()
    if needed and not words:
        raise Refused("empty", _("Write something first."), "text")
    if len(words) > MAX_TEXT:
        raise Refused("too_long", format_lazy(_("Use at most {most} characters."), most=MAX_TEXT), "text")
    return words


def _told(text: str, *, needed: bool = True) -> str:
    """Words for the reporter: nothing in them is open still."""
    words = _words(text, needed=needed)
    gaps.check(words)
    return words


def _publish(case: Case, event: Event, words: str, *, for_everybody: bool = False) -> None:
    """Put the words, if any, with a public event, and tell whoever hears of it."""
    many.publish([event], {event.melding_id: words}, by=case.actor, for_everybody=for_everybody)


def _tell_of_routing(melding: Melding, *, before: str) -> None:
    """Tell of the state into which routing by a colleague brought it, if it is another than before; and its team."""
    if melding.state != before:
        telling.tell([melding.events.filter(to_state=melding.state).latest("id")])
    telling.hand_over([melding])
