"""Addresses that do not match: what residents typed as an address and nobody knows; and a source that is away."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldingen.places.addresses import choosing
from meldingen.places.models import Address
from meldingen.record.models import Melding
from meldingen.tenancy.models import AddressSource, Municipality
from meldingen.upkeep.defects import Defect, Subject

DAYS = 30
FEW = 5  # a slip of the pen here and there is no broken table


def look(where: Municipality) -> Iterator[Defect]:
    """That the source gives no answer, or knows nothing; and that it does not know many of what was typed."""
    if where.address_source == AddressSource.NONE:
        return
    is_own = where.address_source == AddressSource.OWN
    path = f"{reverse('admin:broken')}#operator"
    if is_own and not Address.objects.of(where).exists():
        words = _("Addresses come from our own table, and it is empty: no address that a resident types is known.")
        yield Defect(Subject.ADDRESSES, words, _("Have the addresses loaded, or choose another source"), path)
        return
    if away := choosing.last_away(where):
        words = _("PDOK gave no answer, last on %(when)s: then no address that a resident typed was found.")
        when = formats.date_format(timezone.localtime(away), "j F, H:i")
        act = _("Look whether it answers again, or load a table of our own")
        yield Defect(Subject.ADDRESSES, words % {"when": when}, act, path)
    unknown, total = _numbers(where)
    if unknown >= FEW and 5 * unknown >= total:
        names = {"total": total, "n": unknown}
        act = _("Have the newest addresses loaded") if is_own else _("Look at some of them: borders, spelling, or PDOK")
        yield Defect(Subject.ADDRESSES, (_not_in_table(total) if is_own else _not_by_pdok(total)) % names, act, path)


def _numbers(where: Municipality) -> tuple[int, int]:
    """Of how many addresses that were typed lately nothing is known, and how many there were."""
    since = timezone.now() - timedelta(days=DAYS)
    meldingen = Melding.objects.of(where).filter(received_at__gt=since, place_source=Melding.PlaceSource.ADDRESS)
    numbers = meldingen.exclude(place_text="").aggregate(all=Count("pk"), unknown=Count("pk", filter=Q(address="")))
    return numbers["unknown"], numbers["all"]


def _not_in_table(total: int) -> str:
    return ngettext(
        "Of %(total)d address that residents typed in 30 days, %(n)d is not in our table.",
        "Of %(total)d addresses that residents typed in 30 days, %(n)d are not in our table.",
        total,
    )


def _not_by_pdok(total: int) -> str:
    return ngettext(
        "Of %(total)d address that residents typed in 30 days, PDOK did not find %(n)d.",
        "Of %(total)d addresses that residents typed in 30 days, PDOK did not find %(n)d.",
        total,
    )
