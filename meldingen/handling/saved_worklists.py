"""Worklists that colleagues save: under a name, for themselves or for all; removed by who made them."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meldingen.handling.models import Worklist
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality, User

MOST = 30  # of one colleague: they stand beside every list
LONGEST_NAME = 60
LONGEST_QUERY = 2000
REPLACES = "replaces"


def readable(where: Municipality, reader: User) -> QuerySet[Worklist]:
    """Those that this colleague sees: their own, and what others share; by name."""
    return Worklist.objects.of(where).filter(Q(owner=reader) | Q(is_shared=True)).order_by("name", "pk")


@transaction.atomic
def save(
    where: Municipality, owner: User, name: str, query: str, *, is_shared: bool = False, replaces: bool = False
) -> Worklist:
    """Keep what an address of the inbox asks. What has the same name is replaced only by who says so (`replaces`)."""
    name = " ".join(name.split())
    if not name:
        raise Refused("empty", _("Give the worklist a name."), "name")
    if len(name) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        words = format_lazy(_("Use a name of at most {most} characters, and fewer filters."), most=LONGEST_NAME)
        raise Refused("too_long", words, "name")
    own = Worklist.objects.of(where).filter(owner=owner)
    if own.exclude(name=name).count() >= MOST:
        raise Refused("too_many", _("You have very many worklists. Remove one first."), "name")
    if not replaces and own.filter(name=name).exclude(query=query, is_shared=is_shared).exists():
        raise Refused(REPLACES, _("You have a worklist with this name. Choose another name, or replace it."), "name")
    worklist, _is_new = Worklist.objects.update_or_create(
        municipality=where, owner=owner, name=name, defaults={"query": query, "is_shared": is_shared}
    )
    return worklist


def remove(where: Municipality, worklist_id: int, by: User, *, is_lost: bool = False) -> None:
    """Remove one's own worklist, or a shared one that `is_lost`: nobody can open it, and who made it may have left.
    Worklist.DoesNotExist for any other.
    """
    rows = readable(where, by) if is_lost else Worklist.objects.of(where).filter(owner=by)
    rows.get(pk=worklist_id).delete()
