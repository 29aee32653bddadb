"""Codes and moments in words, for colleagues."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.text import Truncator, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from meldingen import calendar
from meldingen.notifications.models import Delivery, Recipient
from meldingen.record import events, references, workflow
from meldingen.record.models import Event, Melding, Satisfaction
from meldingen.record.outcomes import Reason, Shortfall
from meldingen.routing.reasons import Words

# Reporters sometimes write their number or address in the text. A list is looked at over a shoulder; the page is not.
_CONTACT = re.compile(r"[^\s@]+@[^\s@]+\.\w+|(?<![\w.])(?:\+|00)?\d[\d ()-]{7,}\d")

_REPORTER: Mapping[str, Words] = {
    "sent": gettext_lazy("mail sent"),
    "due": gettext_lazy("mail is being sent"),
    "held": gettext_lazy("mail waits: this address gets much mail, the next comes as one"),
    "given_up": gettext_lazy("mail could not be sent"),
    "bounced": gettext_lazy("mail came back: it was not delivered"),
}
_OTHERS: Mapping[str, Words] = {
    "sent": gettext_lazy("others told"),
    "due": gettext_lazy("others are being told"),
    "held": gettext_lazy("others are told later, in one mail"),
    "given_up": gettext_lazy("others could not be told"),
    "bounced": gettext_lazy("mail to others came back: it was not delivered"),
}
# Why it was closed, and why its reporter had it opened again.
_REASONS: Mapping[str, Words] = dict(Reason.choices) | dict(Shortfall.choices)
_PRIORITIES: Mapping[int, Words] = {each.value: each.label for each in Melding.Priority}
# By what it is for and what became of it.
MAILS: Mapping[str, Mapping[str, Words]] = {
    Delivery.Purpose.RECEIPT: _REPORTER,
    Delivery.Purpose.NEWS: _REPORTER,
    Delivery.Purpose.ALARM: {
        "sent": gettext_lazy("duty mailbox told"),
        "due": gettext_lazy("duty mailbox is being told"),
        "given_up": gettext_lazy("the duty mailbox could not be told"),
        "bounced": gettext_lazy("the mail to the duty mailbox came back: nobody there was told"),
    },
    Delivery.Purpose.WORK: {
        "sent": gettext_lazy("team told"),
        "due": gettext_lazy("team is being told"),
        "given_up": gettext_lazy("the team could not be told"),
        "bounced": gettext_lazy("the mail to the team came back: it was not told"),
    },
    Delivery.Purpose.THREAT: {
        "sent": gettext_lazy("coordinators told"),
        "due": gettext_lazy("coordinators are being told"),
        "given_up": gettext_lazy("the coordinators could not be told"),
    },
}


# Who or what did it, before the words.
ACTOR_ICONS: Mapping[str, str] = {
    Event.ActorKind.PERSON: "user",
    Event.ActorKind.REPORTER: "message-square",
    Event.ActorKind.MODEL: "chart-column",
    Event.ActorKind.RULE: "arrow-right",
    Event.ActorKind.SWEEP: "clock",
    Event.ActorKind.IMPORT: "download",
    Event.ActorKind.EXECUTOR: "wrench",
    Event.ActorKind.CLIENT: "link",
}


_DAY = timedelta(days=1)
_UNTOLD = (Delivery.Purpose.INVITATION, Delivery.Purpose.LINK)


@dataclass(frozen=True)
class Term:
    """A deadline in words. `kind`: overdue, today, soon or later. `planned`: for which day the work is planned.

    Without a deadline `words` is empty; without a plan `planned` is.
    """

    words: str
    kind: str
    planned: str = ""


def excerpt(text: str, length: int = 140) -> str:
    """The beginning of what the reporter wrote, without what looks like an e-mail address or a telephone number."""
    return Truncator(_CONTACT.sub("…", text)).chars(length)


def term(melding: Melding, now: datetime, zone: str) -> Term | None:
    """The deadline of an open melding as people say it, and the day for which it is planned; None when there is
    neither or nothing is due any more.
    """
    due = _due(melding, now, zone)
    if melding.state != workflow.PLANNED or melding.promised_at is None:
        return due
    day = formats.date_format(calendar.local_day(melding.promised_at, zone), "j b Y")
    return replace(due or Term("", "later"), planned=_("planned: %(day)s") % {"day": day})


def is_late_by_hours(melding: Melding, now: datetime) -> bool:
    """Whether it is late by less than a day and says by how many hours: a danger, which has its term in hours, and what
    came in within a day, whose age is in hours too. Nothing is later than it is old.
    """
    if melding.deadline is None or not timedelta(0) < now - melding.deadline < _DAY:
        return False
    return bool(melding.danger) or now - melding.received_at < _DAY


def _due(melding: Melding, now: datetime, zone: str) -> Term | None:
    if melding.deadline is None or melding.state not in workflow.RUNNING:
        return None
    days = (calendar.local_day(melding.deadline, zone) - calendar.local_day(now, zone)).days
    if melding.danger and now <= melding.deadline and days <= 1:
        moment = formats.time_format(timezone.localtime(melding.deadline, ZoneInfo(zone)), "H:i")
        words = _("before %(time)s") if days == 0 else _("tomorrow before %(time)s")
        return Term(words % {"time": moment}, "today" if days == 0 else "soon")
    if is_late_by_hours(melding, now):
        hours = (now - melding.deadline) // timedelta(hours=1)
        words = ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours} if hours else _("less than an hour")
        return Term(words, "overdue")
    if melding.deadline < now:
        late = -days
        words = ngettext("%(n)d day", "%(n)d days", late) % {"n": late} if late else _("since today")
        return Term(words, "overdue")
    if days == 0:
        return Term(_("today"), "today")
    if days == 1:
        return Term(_("tomorrow"), "soon")
    return Term(ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}, "soon" if days <= 2 else "later")


def moment(when: datetime) -> str:
    """A moment in local time, as the municipality writes it."""
    return formats.date_format(timezone.localtime(when), "j b Y, H:i")


def event(
    happened: Event,
    categories: Mapping[int, str],
    teams: Mapping[int, str],
    promised: str = "",
    people: Mapping[int, str] | None = None,
) -> Words:
    """What happened, in one sentence. Names are by id; one that is gone is called unknown.

    `promised`: what the reporter was told until then, as ISO text; who plans it for that day changes nothing of it.
    """
    match events.of(happened):
        case events.Moved(state=events.Change(new=workflow.PLANNED), promised_at=told) if told or promised:
            day = timezone.localtime(datetime.fromisoformat(told.new if told else promised))
            return format_lazy(gettext_lazy("Planned for {day}"), day=formats.date_format(day, "j F Y"))
        case events.Moved(state=events.Change() as state, reason=code):
            return _moved(state, _REASONS.get(code, code))
        case events.Added(danger=danger, photos=photos) if danger or photos:
            return _added(danger, photos or 0)
        case events.Rated() as rated:
            return _rated(rated)
        case events.Recategorised(category=category):
            return _change(gettext_lazy("Category: {new} (was {old})"), category, categories)
        case events.Prioritised(priority=priority):
            return _change(gettext_lazy("Priority: {new} (was {old})"), priority, _PRIORITIES)
        case events.Assigned() as assigned:
            return _assigned(assigned, teams, people or {})
        case events.Routed() as routed:
            return _routed(routed, people or {})
        case events.Received() as received:
            return _received(received)
        case events.Warned(answer=answer):
            return _warned(answer)
        case events.Held(until=events.Change(new=until)):
            return _held(until)
        case events.Undone():
            return gettext_lazy("Undone: what is struck out below")
        case events.Assessed(danger=danger):
            return format_lazy(gettext_lazy("{new} (was: {old})"), new=_danger(danger.new), old=_danger(danger.old))
    return Event.Kind(happened.kind).label


def _assigned(happened: events.Assigned, teams: Mapping[int, str], people: Mapping[int, str]) -> Words:
    """To a colleague where the team stays, else to a team."""
    if happened.team is None and happened.assignee:
        return _change(gettext_lazy("In the hands of: {new} (was {old})"), happened.assignee, people)
    return _change(gettext_lazy("Team: {new} (was {old})"), happened.team, teams)


def merged(happened: Event, leads: Mapping[int, str]) -> Words | None:
    """Into which one it was merged, by the references of those that lead; None for another event."""
    match events.of(happened):
        case events.Merged(lead=events.Change(new=lead)) if lead in leads:
            reference = references.spaced(leads[lead])
            return format_lazy(gettext_lazy("Merged into {reference}, and goes on with it"), reference=reference)
    return None


def joined(merged: Event) -> Words:
    """That another melding was merged into the one whose history it is."""
    reference = references.spaced(merged.melding.reference)
    return format_lazy(gettext_lazy("{reference} was merged into this melding"), reference=reference)


def who(event: Event) -> Words:
    """The colleague by name, or what else did it."""
    if event.actor is None:
        return Event.ActorKind(event.actor_kind).label
    return event.actor.get_full_name() or event.actor.get_username()


def _moved(state: events.Change, reason: Words) -> Words:
    words = Melding.State(state.new).label
    if state.old:
        words = format_lazy("{} → {}", Melding.State(state.old).label, words)
    if not reason:
        return format_lazy(gettext_lazy("State: {state}"), state=words)
    return format_lazy(gettext_lazy("State: {state}, reason: {reason}"), state=words, reason=reason)


def _warned(answer: str) -> Words:
    word = dict(Event.Answer.choices).get(answer, "?")
    return format_lazy(gettext_lazy("Told to call 112. The answer: {answer}"), answer=word)


def _held(until: str) -> Words:
    last = formats.date_format(date.fromisoformat(until), "j F Y")
    return format_lazy(gettext_lazy("Kept until and with {day}"), day=last)


def _added(danger: events.Change | None, photos: int) -> Words:
    if danger:
        return format_lazy(gettext_lazy("The reporter added something. {new}"), new=_danger(danger.new))
    return ngettext_lazy("The reporter added %d photo", "The reporter added %d photos") % photos


def shortfall(happened: Event) -> Words:
    """What was not solved, as the reporter said when they had it opened again."""
    code = getattr(events.of(happened), "reason", "")
    return _REASONS.get(code, code)


def _rated(happened: events.Rated) -> Words:
    if happened.grade:
        return Satisfaction.Grade(happened.grade).label
    if happened.answer == "yes":
        return gettext_lazy("It is solved, says the reporter")
    reason = _REASONS.get(happened.reason, happened.reason)
    return format_lazy(gettext_lazy("Not solved, says the reporter once more: {reason}"), reason=reason)


def _routed(happened: events.Routed, people: Mapping[int, str]) -> Words:
    if happened.rule is not None and happened.assignee and happened.assignee.new:
        name = people.get(happened.assignee.new, _("unknown"))
        return format_lazy(gettext_lazy("Routed by rule {rule}, to {name}"), rule=happened.rule, name=name)
    if happened.rule is not None:
        return format_lazy(gettext_lazy("Routed by rule {rule}"), rule=happened.rule)
    if happened.priority and not happened.team and not happened.deadline:
        return gettext_lazy("Priority: urgent, for words of danger")
    return gettext_lazy("Routed by its category, no rule fitted")


def _received(happened: events.Received) -> Words:
    source = dict(Melding.Source.choices).get(happened.channel, "?")
    sentence = gettext_lazy("Received by {source}, and suspect: one of very many from one network")
    if not happened.is_suspect:
        sentence = gettext_lazy("Received by {source}")
    received = format_lazy(sentence, source=source)
    if happened.is_back:
        received = format_lazy("{}. {}", received, gettext_lazy("The reporter says: what was solved here is back"))
    return format_lazy("{}. {}", received, _danger(happened.danger)) if happened.danger else received


def _danger(code: str) -> Words:
    return dict(Melding.Danger.choices).get(code, "?")


def mails(deliveries: Iterable[Delivery]) -> list[Words]:
    """What became of the mails of one event, the same of several people once with their number.

    Who was asked whether they want to follow, or asked for the link again, is nobody's business.
    """
    numbers = Counter(_became(each) for each in deliveries if each.purpose not in _UNTOLD)
    return [words if number == 1 else format_lazy("{} ({})", words, number) for words, number in numbers.items()]


def _became(delivery: Delivery) -> Words:
    became = "sent" if delivery.sent_at else "due" if delivery.due_at else "given_up"
    if became == "due" and delivery.held_at:
        became = "held"
    if delivery.bounced_at:
        became = "bounced"
    recipient = delivery.recipient
    is_others = delivery.purpose == Delivery.Purpose.NEWS and (
        recipient.kind != Recipient.Kind.REPORTER or recipient.melding_id != delivery.event.melding_id
    )
    return _OTHERS[became] if is_others else MAILS[delivery.purpose][became]


def _change(sentence: Words, change: events.Change | None, names: Mapping[int, Words]) -> Words:
    def name(value: object) -> Words:
        return names.get(value, _("unknown")) if isinstance(value, int) else _("none")

    same = change or events.Change(None, None)
    return format_lazy(str(sentence), new=name(same.new), old=name(same.old))
