"""A colleague asks for a worklist as a file."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meldingen import queueing
from meldingen.exports import tasks
from meldingen.exports.models import Export
from meldingen.refusals import Refused
from meldingen.tenancy.models import Membership, Municipality, User
from meldingen.tenancy.roles import Right, standing_of

MOST_AT_ONCE = 3  # of one colleague, on their way
MOST_OF_A_DAY = 100
DAY = timedelta(days=1)
LONGEST_QUERY = 2000
LONGEST_NAME = 250


@dataclass(frozen=True)
class Wish:
    """Which worklist, under which name, and how."""

    query: str
    name: str
    kind: str
    language: str
    with_contact: bool = False


@transaction.atomic
def ask(where: Municipality, owner: User, wish: Wish) -> Export:
    """Store that it is asked for, and have it made. The same again while it is on its way is as once.

    Raises Refused for who may not have it, and for who asks very often.
    """
    # Two clicks at once: one after the other.
    Membership.objects.select_for_update(no_key=True).of(where).filter(user=owner).first()
    _check(where, owner, wish)
    own = Export.objects.of(where).filter(owner=owner)
    under_way = own.filter(stage__in=[Export.Stage.WAITING, Export.Stage.RUNNING])
    same = under_way.filter(query=wish.query, kind=wish.kind, with_contact=wish.with_contact).first()
    if same is not None:
        return same
    if under_way.count() >= MOST_AT_ONCE:
        raise Refused("too_many", _("Three of your exports are being made now. Wait until one is ready."))
    if own.filter(asked_at__gt=timezone.now() - DAY).count() >= MOST_OF_A_DAY:
        raise Refused(
            "too_many", format_lazy(_("You asked for {most} exports in a day. Go on tomorrow."), most=MOST_OF_A_DAY)
        )
    export = Export.objects.create(
        municipality=where,
        owner=owner,
        query=wish.query,
        name=wish.name[:LONGEST_NAME],
        kind=wish.kind,
        language=wish.language,
        with_contact=wish.with_contact,
    )
    queueing.after_commit(tasks.write_export, export.pk)
    return export


def _check(where: Municipality, owner: User, wish: Wish) -> None:
    rights = standing_of(owner, where).rights
    if Right.VIEW not in rights:
        raise Refused("no_right", _("You do not see these meldingen any more."))
    if wish.with_contact and Right.CONTACT not in rights:
        raise Refused("no_right", _("You may not see who reported, so neither in a file."))
    if len(wish.query) > LONGEST_QUERY or wish.kind not in Export.Kind.values:
        raise Refused("unknown", _("This worklist has too many filters for a file. Remove some."))
