"""The reporter says whether it is solved, and how content they are.

What is not solved is opened again once, by the rule; the second time a colleague decides.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen.followup.adding import keep
from meldingen.followup.opening import open_melding, words
from meldingen.notifications import reading, telling
from meldingen.notifications.offers import offers
from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import Event, Melding, Satisfaction
from meldingen.record.outcomes import Shortfall
from meldingen.refusals import Refused
from meldingen.routing import planning
from meldingen.tenancy.models import Municipality

YES, NO = "yes", "no"
_LATE = _(
    "It was solved more than 14 days ago, so we cannot open this report again. Is it not right? Make a new report: "
    "then we look again."
)
_NOT_SOLVED = _("This report is not closed as solved. Your own page says how it stands.")
_ELSEWHERE = _("Others reported this too, and we answer in one go. Is it not right? Add that to your report.")


def say_solved(municipality: Municipality, token: str) -> None:
    """Keep that it is solved. Twice is as once. Raises Refused, and Melding.DoesNotExist for an unknown address."""
    with open_melding(municipality, token) as melding:
        check(melding)
        if reading.rating(melding) != YES:
            lifecycle.change(melding, events.Rated(answer=YES), actor=events.REPORTER)
            _store(melding, is_solved=True)


def say_unsolved(municipality: Municipality, token: str, reason: str, text: str = "") -> None:
    """Open it again for one of the reasons of `outcomes.Shortfall`, with a term of its own; everybody hears so.

    `text`, the reporter's own words of it, is added. The reporter's second time is kept, and a colleague sees it and
    decides. Sent twice it counts once; words that were not there yet are kept all the same.
    """
    with open_melding(municipality, token) as melding:
        new_words = words(text, needed=False)
        before = melding.events.filter(to_state=workflow.REOPENED, actor_kind=Event.ActorKind.REPORTER).exists()
        if not (before and melding.state in workflow.OPEN):
            check(melding)
            _say_unsolved(melding, Shortfall(reason), is_second=before)
        _add(melding, new_words)


def _say_unsolved(melding: Melding, reason: Shortfall, *, is_second: bool) -> None:
    if is_second and reading.rating(melding) == NO:
        return
    if is_second:
        lifecycle.change(melding, events.Rated(answer=NO, reason=reason), actor=events.REPORTER)
        lifecycle.put(melding, reporter_spoke_at=timezone.now())
    else:
        telling.tell([_reopen(melding, reason)])
    _store(melding, is_solved=False)


def grade(municipality: Municipality, token: str, value: int) -> None:
    """Keep how content the reporter is, one of Satisfaction.Grade; the last that they say counts."""
    with open_melding(municipality, token) as melding:
        check(melding)
        earlier = Satisfaction.objects.filter(melding=melding).first()
        if earlier is None or earlier.grade != value:
            lifecycle.change(melding, events.Rated(grade=Satisfaction.Grade(value)), actor=events.REPORTER)
            _store(melding, grade=value)


def check(melding: Melding) -> None:
    """Refused where nothing of how it ended is asked."""
    if offers(melding, timezone.now()).asks_whether_solved:
        return
    if melding.lead_id is not None:
        raise Refused("merged", _ELSEWHERE)
    if melding.state != workflow.SOLVED:
        raise Refused("not_solved", _NOT_SOLVED)
    raise Refused("late", _LATE)


def _reopen(melding: Melding, reason: Shortfall) -> Event:
    """Its term, and what is promised, begin again, as when a colleague opens it."""
    now = timezone.now()
    plan = planning.plan(melding, planning.read_rulebook(melding.municipality_id, [melding]), since=now)
    new_promise = plan.deadline if plan.expected_day else None
    values = {"deadline": plan.deadline, "promised_at": new_promise, "done_by": plan.done_by}
    return lifecycle.move(melding, workflow.REOPENED, actor=events.REPORTER, reason=reason, **values)


def _add(melding: Melding, new_words: str) -> None:
    """Keep what the reporter says of it. Danger in it does what it does in any words that are added."""
    if not new_words or new_words == melding.additions.values_list("text", flat=True).last():
        return
    event = keep(melding, new_words)
    lifecycle.put(melding, reporter_spoke_at=timezone.now())
    if event.codes.get("danger"):
        telling.alarm(event)


def _store(melding: Melding, **values: Any) -> None:
    values["said_at"] = timezone.now()
    rows = Satisfaction.objects.of(melding.municipality_id)
    rows.update_or_create(municipality_id=melding.municipality_id, melding=melding, defaults=values)
