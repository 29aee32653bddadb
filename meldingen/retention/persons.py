"""What is kept of one person, by an address for mail or a telephone number: their reports, and what they follow."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen import calendar, phones
from meldingen.attachments.models import Photo
from meldingen.notifications.models import Recipient
from meldingen.notifications.recipients import address_key
from meldingen.record import workflow
from meldingen.record.models import Melding, Reporter
from meldingen.record.models.melding import DIGITS_OF_PHONE
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality

MOST = 500
_DIGITS = 9  # of a number without its country or its nought
Kind = Recipient.Kind


class Way(StrEnum):
    """How a colleague made sure that the address belongs to who asks."""

    MAIL = "mail"
    CALL = "call"
    COUNTER = "counter"


@dataclass(frozen=True)
class Person:
    """Ids of what is theirs. `on_hold` are reports that nobody may erase now; of `uncertain` ones nobody ever said by
    the button in a mail that they made them: anybody can type anybody's address.
    """

    melding_ids: tuple[int, ...] = ()
    follower_ids: tuple[int, ...] = ()
    on_hold: frozenset[int] = frozenset()
    uncertain: frozenset[int] = frozenset()

    @property
    def erasable(self) -> tuple[int, ...]:
        """The reports that can be erased."""
        return tuple(each for each in self.melding_ids if each not in self.on_hold)

    @property
    def is_nobody(self) -> bool:
        """Whether there is nothing."""
        return not self.melding_ids and not self.follower_ids


def find(where: Municipality, address: str) -> Person:
    """Who has this address or number here. Refused for what is neither."""
    text = address.strip()
    if "@" in text:
        return _by_mail(where, text)
    if phones.is_number(text):
        return _of(where, Reporter.objects.of(where).filter(pk__in=_callers(where, text)))
    raise Refused("no_address", _("Type an e-mail address or a telephone number."), "address")


def held_ids(where: Municipality, melding_ids: Collection[int]) -> frozenset[int]:
    """Which of these reports nobody may erase now: those on hold, and threats of which nobody said for how long."""
    today = calendar.local_day(timezone.now(), where.time_zone)
    is_held = Q(hold__until__gte=today) | Q(state=workflow.THREAT, hold=None)
    rows = Melding.objects.of(where).filter(is_held, pk__in=melding_ids)
    return frozenset(rows.values_list("pk", flat=True))


def counts(person: Person) -> Mapping[str, int]:
    """How much there is, for a preview and for the audit log."""
    return {
        "meldingen": len(person.melding_ids),
        "follows": len(person.follower_ids),
        "photos": Photo.objects.filter(melding__in=person.melding_ids).count(),
        "held": len(person.on_hold),
    }


def _by_mail(where: Municipality, address: str) -> Person:
    people = Recipient.objects.of(where).filter(address_key=address_key(address)).exclude(address_key="")
    reporters = Reporter.objects.of(where).filter(
        melding__in=people.filter(kind=Kind.REPORTER).values("melding"), email__iexact=address
    )
    silent = people.filter(kind=Kind.REPORTER, confirmed_at=None).values_list("melding", flat=True)
    followers = people.filter(kind=Kind.FOLLOWER).order_by("pk").values_list("pk", flat=True)
    return _of(where, reporters, tuple(followers), frozenset(filter(None, silent)))


def _of(
    where: Municipality,
    reporters: QuerySet[Reporter],
    follower_ids: tuple[int, ...] = (),
    silent: frozenset[int] = frozenset(),
) -> Person:
    ids = tuple(reporters.order_by("melding").values_list("melding", flat=True)[:MOST])
    return Person(ids, follower_ids, held_ids(where, ids), silent & frozenset(ids))


def _callers(where: Municipality, number: str) -> QuerySet[Reporter, int]:
    digits = "".join(sign for sign in number if sign.isdigit())[-_DIGITS:]
    rows = Reporter.objects.of(where).exclude(phone="").alias(digits=DIGITS_OF_PHONE).filter(digits=digits)
    return rows.values_list("pk", flat=True)
