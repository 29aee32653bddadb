"""Which melding is offered to whom: for two minutes to one colleague alone, so that no two do the same work.

A claim keeps nobody away: who opens a melding by themselves may act on it, and the second to act is refused as ever.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from meldingen.handling.models import Claim
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality, User

FOR = timedelta(minutes=2)
TRIES = 5  # of the meldingen that follow; when all were taken at this very moment, the list is shown


def claimed(where: Municipality, by_others_than: User) -> QuerySet[Claim]:
    """The claims of others that hold."""
    return Claim.objects.of(where).filter(until__gt=timezone.now()).exclude(user=by_others_than)


@transaction.atomic
def claim(where: Municipality, user: User, following: QuerySet[Melding]) -> int | None:
    """The first of the meldingen that follow which nobody else has; it is this colleague's for two minutes.

    They come in their order. Of two who ask at the same moment one waits for the other, and gets the one after it.
    """
    now = timezone.now()
    leftovers = Claim.objects.of(where).filter(until__lte=now) | Claim.objects.of(where).filter(user=user)
    leftovers.filter(pk__in=list(leftovers.select_for_update(skip_locked=True).values_list("pk", flat=True))).delete()
    free = following.exclude(pk__in=claimed(where, user).values("melding"))
    for melding_id in free.values_list("pk", flat=True)[:TRIES]:
        _claim, is_ours = Claim.objects.get_or_create(
            municipality=where, melding_id=melding_id, defaults={"user": user, "until": now + FOR}
        )
        if is_ours:
            return melding_id
    return None
