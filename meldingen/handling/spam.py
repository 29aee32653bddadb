"""What was called spam lately, by whom: as long as it can be put back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils import timezone

from meldingen.record import queries, workflow
from meldingen.record.models import Event, Melding
from meldingen.record.queries import SPAM_KEPT
from meldingen.tenancy.models import Municipality, User


@dataclass(frozen=True)
class Share:
    """How much one colleague called spam, and the newest of it."""

    user: User
    number: int
    meldingen: Sequence[Melding]


def shares(where: Municipality, visible: QuerySet[Melding], most: int) -> list[Share]:
    """Of each colleague who called something spam in the days that it can be put back; who called most stands first."""
    calls = _calls(where, visible)
    numbers = list(
        calls.values_list("actor").annotate(number=Count("melding", distinct=True)).order_by("-number", "actor")
    )
    users = User.objects.in_bulk([pk for pk, _number in numbers if pk])
    return [Share(users[pk], number, called(where, visible, users[pk], most)) for pk, number in numbers if pk]


def called(where: Municipality, visible: QuerySet[Melding], user: User, most: int) -> list[Melding]:
    """The newest that this colleague called spam."""
    ids = _calls(where, visible).filter(actor=user).order_by("-id").values_list("melding", flat=True)[:most]
    rows = Melding.objects.of(where).filter(pk__in=list(ids)).select_related("category").defer("search", "point")
    return list(rows.order_by("-closed_at", "-pk"))


def _calls(where: Municipality, visible: QuerySet[Melding]) -> QuerySet[Event]:
    """The events by which what is spam now became that."""
    spam = visible.filter(state=workflow.SPAM, closed_at__gte=timezone.now() - SPAM_KEPT)
    calls = Event.objects.of(where).filter(melding__in=spam.order_by().values("pk"), to_state=workflow.SPAM)
    return queries.that_stand(calls.filter(actor__isnull=False)).order_by()
