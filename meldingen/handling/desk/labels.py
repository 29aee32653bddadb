"""Codes and moments in words, for colleagues."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.text import Truncator, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meldingen import calendar
from meldingen.notifications.models import Delivery
from meldingen.record import workflow
from meldingen.record.models import Event, Melding
from meldingen.routing.reasons import Words

# Reporters sometimes write their number or address in the text. A list is looked at over a shoulder; the page is not.
_CONTACT = re.compile(r"[^\s@]+@[^\s@]+\.\w+|(?<![\w.])(?:\+|00)?\d[\d ()-]{7,}\d")

# By whom it is for and what became of it.
MAILS: Mapping[str, Mapping[str, Words]] = {
    Delivery.Purpose.REPORTER: {
        "sent": gettext_lazy("mail sent"),
        "due": gettext_lazy("mail is being sent"),
        "held": gettext_lazy("mail waits: this address gets much mail, the next comes as one"),
        "given_up": gettext_lazy("mail could not be sent"),
    },
    Delivery.Purpose.DUTY: {
        "sent": gettext_lazy("duty mailbox told"),
        "due": gettext_lazy("duty mailbox is being told"),
        "given_up": gettext_lazy("the duty mailbox could not be told"),
    },
}


@dataclass(frozen=True)
class Term:
    """A deadline in words. `kind`: overdue, today, soon or later."""

    words: str
    kind: str


def excerpt(text: str, length: int = 140) -> str:
    """The beginning of what the reporter wrote, without what looks like an e-mail address or a telephone number."""
    return Truncator(_CONTACT.sub("…", text)).chars(length)


def term(melding: Melding, now: datetime, zone: str) -> Term | None:
    """The deadline of an open melding as people say it; None when there is none or nothing is due any more."""
    if melding.deadline is None or melding.state in workflow.CLOSED:
        return None
    days = (calendar.local_day(melding.deadline, zone) - calendar.local_day(now, zone)).days
    if melding.danger and now <= melding.deadline and days <= 1:
        moment = formats.time_format(timezone.localtime(melding.deadline, ZoneInfo(zone)), "H:i")
        words = _("before %(time)s") if days == 0 else _("tomorrow before %(time)s")
        return Term(words % {"time": moment}, "today" if days == 0 else "soon")
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


def event(happened: Event, categories: Mapping[int, str], teams: Mapping[int, str]) -> Words:
    """What happened, in one sentence. Names are by id; one that is gone is called unknown."""
    codes = happened.codes
    if happened.kind == Event.Kind.MOVED:
        state = Melding.State(happened.to_state).label
        if codes.get("reason") == workflow.SPAM:
            return format_lazy(gettext_lazy("State: {state}, because it is spam"), state=state)
        return format_lazy(gettext_lazy("State: {state}"), state=state)
    if happened.kind == Event.Kind.RECATEGORISED:
        return _change(gettext_lazy("Category: {new} (was {old})"), codes, categories)
    if happened.kind == Event.Kind.ASSIGNED:
        return _change(gettext_lazy("Team: {new} (was {old})"), codes, teams)
    other = _WORDS.get(happened.kind)
    return other(codes) if other else Event.Kind(happened.kind).label


def _routed(codes: Mapping[str, Any]) -> Words:
    rule = codes.get("rule")
    if codes.get("changed") == ["priority"] and rule is None:
        return gettext_lazy("Priority: urgent, for words of danger")
    if rule is None:
        return gettext_lazy("Routed, no rule fitted")
    return format_lazy(gettext_lazy("Routed by rule {rule}"), rule=rule)


def _received(codes: Mapping[str, Any]) -> Words:
    source = dict(Melding.Source.choices).get(codes.get("source", ""), "?")
    sentence = gettext_lazy("Received by {source}, and suspect: one of very many from one network")
    if not codes.get("suspect"):
        sentence = gettext_lazy("Received by {source}")
    received = format_lazy(sentence, source=source)
    return format_lazy("{}. {}", received, _danger(codes, "danger")) if codes.get("danger") else received


def _warned(codes: Mapping[str, Any]) -> Words:
    answer = dict(Event.Answer.choices).get(codes.get("answer", ""), "?")
    return format_lazy(gettext_lazy("Told to call 112. The answer: {answer}"), answer=answer)


def _assessed(codes: Mapping[str, Any]) -> Words:
    return format_lazy(gettext_lazy("{new} (was: {old})"), new=_danger(codes, "to"), old=_danger(codes, "from"))


def _danger(codes: Mapping[str, Any], key: str) -> Words:
    return dict(Melding.Danger.choices).get(codes.get(key, ""), "?")


_WORDS: Mapping[str, Callable[[Mapping[str, Any]], Words]] = {
    Event.Kind.ROUTED: _routed,
    Event.Kind.RECEIVED: _received,
    Event.Kind.WARNED: _warned,
    Event.Kind.ASSESSED: _assessed,
}


def mail(delivery: Delivery) -> Words:
    """What became of a mail."""
    became = "sent" if delivery.sent_at else "due" if delivery.due_at else "given_up"
    if became == "due" and delivery.held_at:
        became = "held"
    return MAILS[delivery.purpose][became]


def _change(sentence: Words, codes: Mapping[str, object], names: Mapping[int, str]) -> Words:
    def name(key: str) -> Words:
        value = codes.get(key)
        return names.get(value, _("unknown")) if isinstance(value, int) else _("none")

    return format_lazy(str(sentence), new=name("to"), old=name("from"))
