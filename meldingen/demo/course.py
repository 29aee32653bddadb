"""What happens to an invented report after its receipt: a guess, a team, work, an answer, sometimes all over again."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from meldingen import calendar
from meldingen.calendar import ServiceLevel, Unit
from meldingen.demo import stories, words
from meldingen.demo.people import Staff
from meldingen.demo.reports import Category, Deed, Report

SPREAD = 0.9  # sigma of the logarithm of the handling time
SHARE_OF_TERM = 0.5  # the median of the handling time, as a share of the term
WRONG_GUESS = 0.09
AGAIN = 0.05  # of what was solved
SHARE_WITH_GRADE = 0.25  # of what was solved
GRADES, GRADES_LATE = (1, 2, 3, 9, 7), (4, 5, 3, 2, 1)  # how many give 1 to 5, in time and late
OUTCOMES = ("solved", "solved", "solved", "solved", "solved", "solved", "solved", "solved", "declined", "forwarded")


@dataclass(frozen=True)
class Office:
    """The town at work: its zone, who works there, its categories, the year of its last summer, and when it ends."""

    zone: str
    staff: Staff
    categories: Sequence[Category]
    summer: int
    until: datetime

    def at_work(self, rng: Random, moment: datetime) -> datetime:
        """A moment in office hours, on the day of another moment or the first working day after it."""
        local = moment.astimezone(ZoneInfo(self.zone))
        day = local.date() + timedelta(days=max(0, 7 - local.weekday()) if local.weekday() >= 5 else 0)
        start = calendar.start_of_day(day, self.zone) + timedelta(hours=8, minutes=rng.randrange(480))
        return max(start, moment + timedelta(minutes=rng.randint(20, 90)))


def run(rng: Random, office: Office, report: Report) -> None:
    """Fill in the deeds of a report whose category is known, up to the end of the history."""
    category = report.category
    if category is None:
        return
    deeds = report.deeds
    ready = _come_to_a_team(rng, office, report, category)
    team = office.staff.of_team(category.team)
    end = office.at_work(rng, report.received + _duration(rng, office, report, category))
    if end < ready:
        end = office.at_work(rng, ready)
    if end >= office.until:
        end = _in_time(rng, office, report, ready) or end
    who = rng.choice(team)
    start = ready + (end - ready) * rng.uniform(0.3, 0.9)
    if start < office.until and rng.random() < 0.8:
        note = rng.choice(words.NOTES) if rng.random() < 0.05 else ""
        deeds.append(Deed(start, who, "in_progress", assignee=who, note=note))
    if end >= office.until:
        return
    outcome = rng.choice(OUTCOMES)
    deeds.append(Deed(end, who, outcome, answer=_answer(rng, category, outcome)))
    if outcome == "solved" and rng.random() < AGAIN:
        _again(rng, office, report, end, who)
    if report.state == "solved":
        _say_how_content(office, report)


def _come_to_a_team(rng: Random, office: Office, report: Report, category: Category) -> datetime:
    """Who says what it is, and the rule that brings it to its team; the moment at which that was done."""
    deeds, at = report.deeds, report.received + timedelta(seconds=rng.randint(15, 90))
    term = calendar.end_of_term(report.received, ServiceLevel(category.days, Unit.WORKING_DAYS), office.zone, ())
    if report.channel == "phone":
        deeds.append(Deed(at, rng.choice(office.staff.telephone), category=category.slug))
    elif rng.random() < WRONG_GUESS:
        guess = rng.choice(office.categories)
        deeds.append(Deed(at, "model", category=guess.slug))
        deeds.append(Deed(at, "regel", "assigned", team=guess.team, deadline=term))
        at = office.at_work(rng, report.received)
        if at >= office.until:
            at = report.received + (office.until - report.received) * 0.8
        who = rng.choice(office.staff.triage)
        deeds.append(Deed(at, who, category=category.slug))
        deeds.append(Deed(at, who, team=category.team))
        return at
    else:
        deeds.append(Deed(at, "model", category=category.slug))
    deeds.append(Deed(at, "regel", "assigned", team=category.team, deadline=term))
    return at


def _duration(rng: Random, office: Office, report: Report, category: Category) -> timedelta:
    median = max(category.days * 7 / 5 * SHARE_OF_TERM, 0.5)
    slow = stories.slowness(report.spot, category, report.received, office.summer)
    return timedelta(days=rng.lognormvariate(math.log(median), SPREAD) * slow)


def _in_time(rng: Random, office: Office, report: Report, ready: datetime) -> datetime | None:
    """Nobody works here on what would be late today: that was done. None for what still has its time."""
    deadline = report.deadline
    if deadline is None or deadline >= office.until + timedelta(days=1):
        return None
    room = office.until - ready
    return ready + room * rng.uniform(0.2, 0.95)


def _answer(rng: Random, category: Category, outcome: str) -> str:
    if outcome == "declined":
        return rng.choice(words.REFUSALS)
    if outcome == "forwarded":
        return rng.choice(words.FOR_OTHERS)
    return rng.choice(words.ANSWERS.get(category.main, words.FALLBACK)) if rng.random() < 0.75 else ""


def _again(rng: Random, office: Office, report: Report, before: datetime, who: str) -> None:
    start = before + timedelta(hours=rng.randint(3, 200))
    end = office.at_work(rng, start + timedelta(hours=rng.randint(4, 90)))
    if end >= office.until:
        return
    report.deeds.append(Deed(start, "melder", "reopened"))
    report.deeds.append(Deed(end, who, "solved", answer="Onze excuses. Nu is het echt in orde."))


def _say_how_content(office: Office, report: Report) -> None:
    """What the reporter thinks of it, for one in four. Drawn by itself: all else stays as it was without."""
    rng, last = Random(f"{report.key}: content"), report.deeds[-1].when  # noqa: S311 (invented)
    when = last + timedelta(minutes=rng.randint(90, 4000))
    if rng.random() >= SHARE_WITH_GRADE or when >= office.until:
        return
    is_late = report.deadline is not None and last > report.deadline
    (grade,) = rng.choices("12345", weights=GRADES_LATE if is_late else GRADES)
    report.deeds.append(Deed(when, "melder", grade=grade))
