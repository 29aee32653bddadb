"""What a state means for the reporter and for others, on the private page and in mails."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from meldingen.record import events, workflow
from meldingen.record.models import Event, Melding, Satisfaction
from meldingen.record.outcomes import Reason, Shortfall

_WORDS: dict[str, Promise] = {
    workflow.NEW: gettext_lazy("We received your report. We are going to look at it."),
    workflow.ASSIGNED: gettext_lazy("A team of ours has your report."),
    workflow.IN_PROGRESS: gettext_lazy("We are working on it."),
    workflow.PLANNED: gettext_lazy("We have planned the work."),
    workflow.WAITING: gettext_lazy("We have a question for you."),
    workflow.SOLVED: gettext_lazy("It is solved."),
    workflow.FORWARDED: gettext_lazy("It is not ours to solve. We sent your report on to the organisation that can."),
    workflow.DECLINED: gettext_lazy("We looked at your report. We do not take it up."),
    workflow.WITHDRAWN: gettext_lazy("You have withdrawn your report."),
    workflow.REOPENED: gettext_lazy("We took up your report again."),
}
# What each state says, in the words of the state that a reporter reads for it.
PUBLIC_WORDS: dict[str, Promise] = {state: _WORDS[workflow.public(state)] for state in workflow.STATES}
_OTHERS: dict[str, Promise] = _WORDS | {
    workflow.NEW: gettext_lazy("The report was received. We are going to look at it."),
    workflow.ASSIGNED: gettext_lazy("A team of ours has the report."),
    workflow.WAITING: gettext_lazy("We have asked the reporter something."),
    workflow.FORWARDED: gettext_lazy("It is not ours to solve. We sent the report on to the organisation that can."),
    workflow.DECLINED: gettext_lazy("We looked at the report. We do not take it up."),
    workflow.WITHDRAWN: gettext_lazy("The reporter has withdrawn the report."),
    workflow.REOPENED: gettext_lazy("We took up the report again."),
}
# The same for who is not its reporter.
OTHERS_WORDS: dict[str, Promise] = {state: _OTHERS[workflow.public(state)] for state in workflow.STATES}
# Why it ended so, for the reporter and for others alike.
REASONS: Mapping[str, Promise] = {
    Reason.REPAIRED: gettext_lazy("We repaired or replaced it."),
    Reason.CLEARED: gettext_lazy("We cleared it away or cleaned it."),
    Reason.GONE: gettext_lazy("When we came to look, it was gone or solved already."),
    Reason.SPOKEN: gettext_lazy("We spoke with the people whom it is about."),
    Reason.PROVINCE: gettext_lazy("The province looks after this."),
    Reason.NATIONAL: gettext_lazy("Rijkswaterstaat looks after this."),
    Reason.WATER_BOARD: gettext_lazy("The water board looks after this."),
    Reason.NEIGHBOUR: gettext_lazy("Another municipality looks after this."),
    Reason.CABLES: gettext_lazy("The owner of the cables or pipes looks after this."),
    Reason.RAILWAYS: gettext_lazy("ProRail or NS looks after this."),
    Reason.TRANSPORT: gettext_lazy("The public transport company looks after this."),
    Reason.HOUSING: gettext_lazy("The housing association looks after this."),
    Reason.POLICE: gettext_lazy("The police look after this."),
    Reason.FORMAL: gettext_lazy("Colleagues who decide on objections, claims and complaints look after this."),
    Reason.NOT_FOUND: gettext_lazy("We went to look and did not find it."),
    Reason.ALLOWED: gettext_lazy("We looked at it, and it is within what the rules allow."),
    Reason.PRIVATE: gettext_lazy("It is on private ground. There the owner decides."),
    Reason.WORKS: gettext_lazy("There will be works here, and they take this along."),
    Reason.REPORTED: gettext_lazy("It was reported before, and we are working on that report."),
    Reason.UNCLEAR: gettext_lazy("We know too little about it, and we could not find out more."),
    Reason.CHOICE: gettext_lazy("The municipality decided not to do this here."),
    Reason.NO_TASK: gettext_lazy("The municipality is not the one to do this."),
}
# Why it is not solved after all, as its reporter said it; only they read it.
SHORTFALLS: Mapping[str, Promise] = {
    Shortfall.BROKEN: gettext_lazy("You said: it is still broken or still there."),
    Shortfall.HALF: gettext_lazy("You said: it is half done."),
    Shortfall.PLACE: gettext_lazy("You said: it was done at the wrong place."),
    Shortfall.BACK: gettext_lazy("You said: it came back."),
    Shortfall.WORDS: gettext_lazy("You said in your own words that it is not solved."),
}
# What the private page says first after its reporter did something, by the word in its address.
DONE: Mapping[str, Promise] = {
    "toegevoegd": gettext_lazy("We have what you added. A colleague reads it."),
    "fotos": gettext_lazy("We have your photos. A colleague looks at them."),
    "ingetrokken": gettext_lazy("Thank you for letting us know. You need not do anything more."),
    "niet-opgelost": gettext_lazy("Thank you for telling us. Below you read how it goes on."),
    "gemaild": gettext_lazy("We mail you the link. It is there within some minutes."),
    "beoordeeld": gettext_lazy("Thank you. We learn from what you tell us."),
}
# What a state says where a team has it.
_OF_TEAM: Mapping[str, Promise] = {
    workflow.ASSIGNED: gettext_lazy("{team} has your report."),
    workflow.IN_PROGRESS: gettext_lazy("{team} is working on it."),
    workflow.PLANNED: gettext_lazy("{team} has planned the work."),
}
# A state in a word or two, as reporter and follower read it beside its icon.
NAMES: dict[str, Promise] = {
    workflow.NEW: pgettext_lazy("state", "Received"),
    workflow.ASSIGNED: pgettext_lazy("state", "With a team"),
    workflow.IN_PROGRESS: pgettext_lazy("state", "In progress"),
    workflow.PLANNED: pgettext_lazy("state", "Planned"),
    workflow.WAITING: pgettext_lazy("state", "Waiting for you"),
    workflow.SOLVED: pgettext_lazy("state", "Solved"),
    workflow.FORWARDED: pgettext_lazy("state", "Sent on"),
    workflow.DECLINED: pgettext_lazy("state", "Not taken up"),
    workflow.WITHDRAWN: pgettext_lazy("state", "Withdrawn"),
    workflow.REOPENED: pgettext_lazy("state", "Open again"),
}
# Of a follower nobody asks anything.
_NAMES_FOR_OTHERS = NAMES | {workflow.WAITING: pgettext_lazy("state", "Waiting for the reporter")}
# The first words of a subject, with what it is about behind them.
_SUBJECTS: dict[str, Promise] = {
    workflow.NEW: pgettext_lazy("begin of a subject", "Received"),
    workflow.ASSIGNED: pgettext_lazy("begin of a subject", "With a team"),
    workflow.IN_PROGRESS: pgettext_lazy("begin of a subject", "Being worked on"),
    workflow.PLANNED: pgettext_lazy("begin of a subject", "Planned"),
    workflow.WAITING: pgettext_lazy("begin of a subject", "A question"),
    workflow.SOLVED: pgettext_lazy("begin of a subject", "Solved"),
    workflow.FORWARDED: pgettext_lazy("begin of a subject", "Sent on"),
    workflow.DECLINED: pgettext_lazy("begin of a subject", "Not taken up"),
    workflow.WITHDRAWN: pgettext_lazy("begin of a subject", "Withdrawn"),
    workflow.REOPENED: pgettext_lazy("begin of a subject", "Taken up again"),
}
_MERGED = pgettext_lazy("begin of a subject", "Together with another report")
MERGED_WORDS = gettext_lazy(
    "There is another report of the same. We handle both as one. On your own page you read how it goes on."
)
_ANSWERED = pgettext_lazy("begin of a subject", "Answer")
_ASKED_OTHERS = pgettext_lazy("begin of a subject", "Waiting for the reporter")
_LINKED = pgettext_lazy("begin of a subject", "The link that you asked for")
_INVITED = pgettext_lazy("begin of a subject", "Do you want to follow this?")


def reason(event: Event, *, for_others: bool = False) -> str | Promise:
    """Why it ended so, or is not solved after all; empty where no reason of the lists was chosen.

    What the reporter said of it is not for others.
    """
    if event.kind not in (Event.Kind.MOVED, Event.Kind.RATED):
        return ""
    code = event.codes.get("reason", "")
    return REASONS.get(code, "" if for_others else SHORTFALLS.get(code, ""))


def stands(melding: Melding) -> str | Promise:
    """How it stands, as its reporter reads it: by the name of the team that has it."""
    return state_words(melding.state, team_name(melding.team.name) if melding.team else "")


def state_words(state: str, team: str = "") -> str | Promise:
    """What a state says to the reporter, where a team has it by its name; empty for no state."""
    if team and state in _OF_TEAM:
        return str(_OF_TEAM[state]).format(team=team)
    return PUBLIC_WORDS.get(state, "")


def team_name(name: str) -> str:
    """A team at the beginning of a sentence: of "Wegen", Team Wegen."""
    return name if name.lower().startswith("team") else _("Team {name}").format(name=name)


def rated(event: Event) -> str | Promise:
    """What the reporter said of how it ended; empty for any other event."""
    match events.of(event) if event.kind == Event.Kind.RATED else None:
        case events.Rated(grade=int() as grade):
            label = Satisfaction.Grade(grade).label
            return _("You told us how content you are: {grade}.").format(grade=label.lower())
        case events.Rated(answer="yes"):
            return gettext_lazy("You said that it is solved.")
        case events.Rated():
            return gettext_lazy("You said that it is not solved. A colleague looks at it and decides.")
    return ""


def pictured(event: Event) -> str | Promise:
    """How many photos the reporter added; empty for any other event."""
    match events.of(event) if event.kind == Event.Kind.ADDED else None:
        case events.Added(photos=int() as number):
            return ngettext_lazy("You added %d photo.", "You added %d photos.") % number
    return ""


def banner(melding: Melding, *, for_others: bool = False) -> dict[str, object]:
    """What stands above all else on a private page: the state, its name, whether the day that was told is past."""
    state = workflow.public(melding.state)
    told = melding.promised_at if melding.state in workflow.RUNNING else None
    names = _NAMES_FOR_OTHERS if for_others else NAMES
    return {"state": state, "name": names[state], "is_late": told is not None and told < timezone.now()}


def promise_moved(event: Event) -> str:
    """What became of the moment that was told, when a colleague judged the danger; empty where that stayed."""
    if event.kind != Event.Kind.ASSESSED or "promised_at" not in event.codes:
        return ""
    promised = events.of(event)
    change = promised.promised_at if isinstance(promised, events.Assessed) else None
    if change is None:
        return ""
    if not change.old:
        return _("We looked whether it is dangerous. By {new} at the latest somebody looks at it.").format(
            new=_told(change.new)
        )
    if not change.new:
        words = _("We looked whether it is dangerous. It is less urgent than we thought, so {old} no longer holds.")
        return words.format(old=_told(change.old))
    words = _("We looked whether it is dangerous. We told you {old}. Now that is {new}.")
    return words.format(old=_told(change.old), new=_told(change.new))


def _told(moment: object) -> str:
    """A moment of the history as people say it."""
    told = timezone.localtime(datetime.fromisoformat(str(moment)))
    return _("{day}, {time}").format(day=formats.date_format(told, "l j F"), time=formats.date_format(told, "H:i"))


def subject(event: Event, own: Melding) -> str:
    """State and subject, as in "Solved: lamp does not burn"; without a category the day says which melding it is."""
    other = _MERGED if event.kind == Event.Kind.MERGED else _ANSWERED
    return f"{_SUBJECTS.get(workflow.public(event.to_state), other)}: {about(own)}"


def subject_for_others(event: Event, followed: Melding) -> str:
    """The same for who is not its reporter, about the melding that they know."""
    begin = _SUBJECTS.get(workflow.public(event.to_state), _ANSWERED)
    return f"{_ASKED_OTHERS if event.to_state == workflow.WAITING else begin}: {about_for_others(followed)}"


def subject_of_invitation(melding: Melding) -> str:
    """As in "Do you want to follow this? Lamp does not burn"."""
    return f"{_INVITED} {capfirst(about_for_others(melding))}"


def subject_of_link(melding: Melding) -> str:
    """As in "The link to your report: lamp does not burn"."""
    return f"{_LINKED}: {about_for_others(melding)}"


def expected(melding: Melding) -> str:
    """When it will be done, as the reporter reads it; empty where nothing of that kind can be said."""
    if melding.state not in workflow.RUNNING:
        return ""
    if melding.danger:
        day = melding.promised_at if melding.state == workflow.PLANNED else melding.done_by
        return " ".join(filter(None, (_looked_at(melding), _done_by(day) if day else "")))
    if melding.promised_at is None:
        first = _("We look at your report first. After that your own page says when it will be done.")
        return first if melding.state == workflow.NEW else ""
    return _done_by(melding.promised_at)


def _done_by(moment: datetime) -> str:
    day = formats.date_format(timezone.localtime(moment), "l j F")
    if moment < timezone.now():
        return _("This takes longer than we said. It should have been done by {day}.").format(day=day)
    return _("We expect to have this done by {day}.").format(day=day)


def _looked_at(melding: Melding) -> str:
    """Until when somebody looks at a danger: as long as nobody said that they do."""
    if melding.promised_at is None or melding.state not in (workflow.NEW, workflow.ASSIGNED):
        return ""
    told = timezone.localtime(melding.promised_at)
    words = _("We look at this by {day}, {time} at the latest.")
    if told < timezone.now():
        words = _("This takes longer than we said. We should have looked at it by {day}, {time}.")
    return words.format(day=formats.date_format(told, "l j F"), time=formats.date_format(told, "H:i"))


def expected_for_others(melding: Melding) -> str:
    """The same for who is not its reporter: the day that was told, or nothing."""
    return expected(melding) if melding.promised_at else ""


def about(melding: Melding) -> str:
    """What a melding is about, as it stands inside a sentence."""
    return _about(melding, _("your report of {day}"))


def about_for_others(melding: Melding) -> str:
    """The same for who is not its reporter."""
    return _about(melding, _("the report of {day}"))


def _about(melding: Melding, unnamed: str) -> str:
    if melding.category is None:
        return unnamed.format(day=formats.date_format(timezone.localtime(melding.received_at), "j F"))
    name = melding.category.name
    # A name that begins with capitals, such as NS-station, keeps them.
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
