"""Open meldingen of a category or team that is retired go to its successor, a portion at a time.

Their state, term and what was promised stay, and so does who works on them: nobody's work is done anew, and their
reporters hear of nothing that changes for them.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from meldingen.categories.models import Category
from meldingen.handling.models import BulkAct, BulkItem
from meldingen.notifications import telling
from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import OPEN, Melding
from meldingen.routing import succession
from meldingen.tenancy.models import Municipality, Team, User

BATCH = 1000
KINDS = (BulkAct.Kind.CATEGORY, BulkAct.Kind.TEAM)
Row = TypeVar("Row", Category, Team)


def open_of(where: Municipality, *, category: Category | None = None, team: Team | None = None) -> QuerySet[Melding]:
    """The open meldingen that one of these has."""
    rows = Melding.objects.of(where).filter(OPEN)
    return rows.filter(category=category) if category else rows.filter(team=team)


def hand_over_settings(act: BulkAct) -> None:
    """Let rules, and the default team of categories, name the successor from now on."""
    where = act.municipality
    if act.old_category and act.category:
        succession.move(where, succession.of_category(act.old_category, act.category))
    if act.old_team and act.team:
        succession.move(where, succession.of_team(act.old_team, act.team))
        Category.objects.of(where).filter(default_team=act.old_team).update(default_team=act.team)


def settle(act: BulkAct) -> int:
    """Take along what was made while it went on, by who had the page open still; how many meldingen."""
    old = act.old_category or act.old_team
    if old is None or old.is_active:  # put into use again meanwhile
        return 0
    hand_over_settings(act)
    return gather(act)


def gather(act: BulkAct) -> int:
    """Take what is open into the act and was not taken yet: also what came in since it began. How many."""
    rows = open_of(act.municipality, category=act.old_category, team=act.old_team)
    taken = BulkItem.objects.filter(act=act, melding=OuterRef("pk"))
    ids = rows.filter(~Exists(taken)).order_by("pk").values_list("pk", flat=True)
    items = [BulkItem(municipality_id=act.municipality_id, act=act, melding_id=pk, seen=0) for pk in ids]
    BulkItem.objects.bulk_create(items, batch_size=BATCH)
    return len(items)


def elsewhere(act: BulkAct, meldingen: Sequence[Melding]) -> dict[int, str]:
    """Why these are left alone: what was closed, or brought elsewhere, before it was their turn."""
    whys = {}
    for melding in meldingen:
        if melding.state in workflow.CLOSED:
            whys[melding.pk] = BulkItem.Why.CLOSED.value
        elif act.old_category_id not in (None, melding.category_id) or act.old_team_id not in (None, melding.team_id):
            whys[melding.pk] = BulkItem.Why.CHANGED.value
    return whys


def move_to_category(meldingen: Sequence[Melding], category: Category, *, by: User) -> None:
    """Say that they are about the successor. Who chose the category before chose it still: nobody judged them anew."""
    groups: dict[str, list[Melding]] = defaultdict(list)
    for melding in meldingen:
        groups[melding.category_by].append(melding)
    for was_by, alike in groups.items():
        lifecycle.change_many(alike, events.Recategorised(was_by=was_by), actor=events.by(by), category=heir(category))


def move_to_team(meldingen: Sequence[Melding], team: Team, *, by: User) -> None:
    """Give them to the successor, and let it hear so."""
    lifecycle.change_many(meldingen, events.Assigned(), actor=events.by(by), team=heir(team))
    telling.hand_over(meldingen)


def heir(row: Row) -> Row:
    """The row itself, or who took its place since."""
    while not row.is_active and row.successor is not None:
        row = row.successor
    return row
