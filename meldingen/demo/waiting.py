"""The work that waits when the history ends: a weekend's worth, in known numbers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from meldingen.demo import words
from meldingen.demo.course import Office
from meldingen.demo.reports import Deed, Report
from meldingen.demo.words import Scene, Sentences

NEW, MINE, DUE_TODAY, LATE, WAITING, AGAIN = 77, 9, 14, 37, 6, 3
ME = "behandelaar"


def leave_new(rng: Random, sentences: Sentences, reports: list[Report]) -> None:
    """The last NEW that came in, 80 with three letters: nobody looked yet, and their words leave a machine in doubt."""
    for report in reports[-NEW:]:
        if report.category:
            scene = Scene(report.spot.street or "straat", report.spot.number or "1")
            report.text = sentences.unclear(rng, report.category.slug, scene)
        report.category, report.deeds = None, []


def leave_open(rng: Random, office: Office, reports: Sequence[Report]) -> None:
    """Of what is with a team: so many late, due today, waiting for their reporter and in hand by the colleague ME."""
    still = [report for report in reports if report.state in ("assigned", "in_progress")]
    old = [report for report in still if report.received < office.until - timedelta(days=3)]
    late, today = old[:LATE], old[LATE:][:DUE_TODAY]
    rest = [report for report in still if report not in late and report not in today]
    waiting = rest[:WAITING]
    for report in late:
        room = (office.until - report.received) // timedelta(days=1) - 1
        _due(report, office.until - timedelta(days=rng.randint(0, max(0, min(room, 5))), seconds=1))
    for report in today:
        _due(report, office.until + timedelta(days=1, seconds=-1))
    for report in waiting:
        when = report.deeds[-1].when + (office.until - report.deeds[-1].when) * 0.5
        report.deeds.append(Deed(when, rng.choice(office.staff.triage), "waiting", answer=rng.choice(words.QUESTIONS)))
    for report in rng.sample([each for each in rest if each.state == "assigned"], MINE):
        start = report.deeds[-1].when + (office.until - report.deeds[-1].when) * 0.6
        report.deeds.append(Deed(start, ME, "in_progress", assignee=ME))


def open_again(rng: Random, office: Office, reports: Sequence[Report]) -> None:
    """Some whose reporter says, yesterday, that it is not solved."""
    lately = [report for report in reports if report.state == "solved" and _is_lately(office, report)]
    for report in rng.sample(lately, AGAIN):
        moment = office.until - timedelta(hours=rng.randint(4, 14))
        report.deeds.append(Deed(moment, "melder", "reopened"))
        report.deeds.append(Deed(moment, "regel", deadline=office.until + timedelta(days=3, seconds=-1)))


def _is_lately(office: Office, report: Report) -> bool:
    return office.until - timedelta(days=8) < report.deeds[-1].when < office.until - timedelta(days=1)


def _due(report: Report, moment: object) -> None:
    """With another term than the one it had, in the deed that gave it."""
    report.deeds = [replace(deed, deadline=moment) if deed.deadline else deed for deed in report.deeds]  # type: ignore[arg-type]
