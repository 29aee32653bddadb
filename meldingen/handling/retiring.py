"""Retiring a category or a team into a successor: what would move, and doing it. Who may is the door's question.

From the moment of it nothing new is of what is retired; its rules name the successor, and a task moves what is open.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from meldingen import queueing
from meldingen.categories.models import Category
from meldingen.classification.labels import is_rest
from meldingen.handling import bulk_tasks, moving
from meldingen.handling.models import BulkAct
from meldingen.refusals import Refused
from meldingen.routing import succession
from meldingen.routing.succession import Moving
from meldingen.tenancy import auditing
from meldingen.tenancy.models import Membership, Municipality, Team, User


@dataclass(frozen=True)
class Foreseen:
    """What would go to the successor: how many open meldingen, which rules, the default team of which categories; and
    how many colleagues are in the team.
    """

    number: int
    rules: Moving
    categories: Sequence[Category] = ()
    colleagues: int = 0


def heirs_of_category(category: Category) -> QuerySet[Category]:
    """What may take its place: in use, on the same level, and read by as many."""
    rows = Category.objects.of(category.municipality_id).exclude(pk=category.pk).filter(is_active=True)
    rows = (
        rows.filter(is_confidential=False).select_related("parent").order_by("parent__name_texts__nl", "name_texts__nl")
    )
    if category.parent_id is None:
        return rows.filter(parent=None)
    return rows.filter(parent__is_active=True, parent__is_confidential=False)


def heirs_of_team(team: Team) -> QuerySet[Team]:
    """The other teams in use."""
    return Team.objects.of(team.municipality_id).filter(is_active=True).exclude(pk=team.pk)


def check_category(category: Category) -> None:
    """Refused where it cannot be retired, whatever took its place."""
    if not category.is_active:
        raise Refused("retired", _("This category is not in use any more already."))
    if is_rest(category.slug):
        raise Refused("rest", _("This is where all goes that fits nowhere else. It stays."))
    if _is_confidential(category):
        words = _("More people would read its open meldingen. Give each another category, then untick “in use”.")
        raise Refused("confidential", words)
    if Category.objects.of(category.municipality_id).filter(parent=category, is_active=True).exists():
        raise Refused("children", _("There are categories in use under this one. Retire these first."))


def check_team(team: Team) -> None:
    """Refused where it is retired already."""
    if not team.is_active:
        raise Refused("retired", _("This team is not in use any more already."))


def foresee_category(category: Category, heir: Category | None) -> Foreseen:
    """What would happen. Reads, and writes nothing."""
    number = moving.open_of(category.municipality, category=category).count()
    return Foreseen(number, succession.of_category(category, heir))


def foresee_team(team: Team, heir: Team | None) -> Foreseen:
    """The same of a team."""
    where = team.municipality
    return Foreseen(
        moving.open_of(where, team=team).count(),
        succession.of_team(team, heir),
        list(Category.objects.of(where).filter(default_team=team).select_related("parent")),
        Membership.objects.of(where).filter(teams=team).count(),
    )


@transaction.atomic
def retire_category(where: Municipality, user: User, category_id: int, heir_id: int) -> BulkAct:
    """Retire it. Category.DoesNotExist for one of another municipality; refused where it cannot be, or not into that.

    Both are locked: of two who retire each into the other, the second is refused.
    """
    rows = Category.objects.of(where).filter(pk__in=(category_id, heir_id)).order_by("pk")
    in_lock = {row.pk: row for row in rows.select_for_update(no_key=True)}
    if category_id not in in_lock:
        raise Category.DoesNotExist
    category = in_lock[category_id]
    check_category(category)
    heir = heirs_of_category(category).filter(pk=heir_id).first()
    if heir is None:
        raise Refused("heir", _("Choose another category that is in use and not confidential."), "heir")
    return _retire(where, user, category, BulkAct(kind=BulkAct.Kind.CATEGORY, old_category=category, category=heir))


@transaction.atomic
def retire_team(where: Municipality, user: User, team_id: int, heir_id: int) -> BulkAct:
    """The same of a team."""
    rows = Team.objects.of(where).filter(pk__in=(team_id, heir_id)).order_by("pk")
    in_lock = {row.pk: row for row in rows.select_for_update(no_key=True)}
    if team_id not in in_lock:
        raise Team.DoesNotExist
    team = in_lock[team_id]
    check_team(team)
    heir = heirs_of_team(team).filter(pk=heir_id).first()
    if heir is None:
        raise Refused("heir", _("Choose another team that is in use."), "heir")
    return _retire(where, user, team, BulkAct(kind=BulkAct.Kind.TEAM, old_team=team, team=heir))


def _retire(where: Municipality, user: User, row: Category | Team, act: BulkAct) -> BulkAct:
    heir = act.category or act.team
    row.is_active, row.successor = False, heir
    row.save(update_fields=["is_active", "successor"])
    codes = {"is_active": {"from": True, "to": False}, "successor": {"from": None, "to": heir.pk if heir else None}}
    auditing.keep(where, auditing.Kind.SETTING_CHANGED, user, f"{row._meta.model_name}:{row.pk}", codes)
    act.municipality, act.user, act.stage = where, user, BulkAct.Stage.RUNNING
    act.began_at = act.due_at = timezone.now()
    act.save()
    moving.hand_over_settings(act)
    moving.gather(act)
    queueing.after_commit(bulk_tasks.carry_out, act.pk)
    return act


def _is_confidential(category: Category) -> bool:
    return category.is_confidential or bool(category.parent and category.parent.is_confidential)
