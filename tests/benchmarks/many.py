"""A thousand meldingen at once among 200,000: chosen from a worklist, looked at, and done by the task."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from django.db import connection
from django.db.models import QuerySet

from meldingen.handling import bulk, bulk_tasks
from meldingen.handling.bulk import Choice
from meldingen.handling.desk.orders import NEWEST
from meldingen.handling.models import BulkAct
from meldingen.management import rights
from meldingen.notifications import recipients
from meldingen.record.models import OPEN, Melding, Reporter
from meldingen.tenancy.models import Municipality, Team, User

CHOSEN = 1000
WITH_ADDRESS = 3  # one of so many reporters left one
KINDS = {
    "close, with words": (BulkAct.Kind.CLOSE, Choice(outcome="solved", text="Uw melding {kenmerk} is klaar.")),
    "give to a team": (BulkAct.Kind.ASSIGN, Choice()),
    "merge into one": (BulkAct.Kind.MERGE, Choice()),
    "call spam": (BulkAct.Kind.SPAM, Choice()),
}


def many_table(municipality: Municipality) -> Iterator[str]:
    """A line for each act: choosing, the page that says what would happen, doing it, and undoing it."""
    number = Melding.objects.of(municipality).count()
    with rights.as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE meldingen_melding, meldingen_event")
    user = User.objects.get(username="meting")
    yield f"{CHOSEN:,} of {number:,} meldingen, seconds\n{'':20} {'choose':>8} {'preview':>8} {'do':>8} {'undo':>8}\n"
    for name, (kind, choice) in KINDS.items():
        yield f"{name:20} " + " ".join(f"{each:8.2f}" for each in _times(municipality, user, kind, choice)) + "\n"
    yield _plan(municipality)


def _times(where: Municipality, user: User, kind: str, choice: Choice) -> list[float]:
    rows = Melding.objects.of(where).filter(OPEN, lead__isnull=True, is_suspect=False).order_by("-received_at", "-id")
    rows = Melding.objects.of(where).filter(pk__in=list(rows.values_list("pk", flat=True)[:CHOSEN])).order_by("pk")
    _add_reporters(where, rows)
    choice = replace(choice, team=_team(where))
    kept: list[BulkAct] = []
    times = [_time(lambda: kept.append(bulk.choose(where, user, kind, rows, "", may_flood=True)))]
    act = kept[0]
    times.append(_time(lambda: bulk.preview(act, choice)))
    bulk.start(where, user, act.pk, choice, may_flood=True)
    times.append(_time(lambda: bulk_tasks.carry_out(act.pk)))
    bulk.undo(where, user, act.pk)
    times.append(_time(lambda: bulk_tasks.carry_out(act.pk)))
    left = bulk.progress(act)
    if left.skipped or left.kept:
        raise AssertionError(f"{kind}: {left}")
    return times


def _team(where: Municipality) -> Team:
    """A team that none of them has, so that each changes."""
    return Team.objects.get_or_create(municipality=where, slug="meting", defaults={"name": "Meting"})[0]


def _add_reporters(where: Municipality, rows: QuerySet[Melding]) -> None:
    have = set(Reporter.objects.of(where).values_list("melding", flat=True))
    new = [
        Reporter(municipality=where, melding=melding, email=f"m{melding.pk}@example.org")
        for melding in rows
        if melding.pk % WITH_ADDRESS == 0 and melding.pk not in have
    ]
    recipients.add_reporters(Reporter.objects.bulk_create(new))


def _plan(where: Municipality) -> str:
    """How the ids of a whole worklist are read."""
    rows = NEWEST.sort(Melding.objects.of(where).filter(OPEN, lead__isnull=True))
    return f"\nthe ids of a worklist of {bulk.MOST:,}:\n" + rows.values_list("pk")[: bulk.MOST + 1].explain(
        analyze=True
    )


def _time(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun
