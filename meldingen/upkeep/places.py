"""Addresses that do not match: what residents typed as an address, and our table does not know."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldingen.places.models import Address
from meldingen.record.models import Melding
from meldingen.tenancy.models import AddressSource, Municipality
from meldingen.upkeep.defects import Defect, Subject

DAYS = 30
FEW = 5  # a slip of the pen here and there is no broken table


def look(where: Municipality) -> Iterator[Defect]:
    """Where the town has a table of its own: that it is empty, or does not know many of what was typed."""
    if where.address_source != AddressSource.OWN:
        return
    path = f"{reverse('admin:broken')}#operator"
    if not Address.objects.of(where).exists():
        words = _("Addresses come from our own table, and it is empty: no address that a resident types is known.")
        yield Defect(Subject.ADDRESSES, words, _("Have the addresses loaded, or choose another source"), path)
        return
    since = timezone.now() - timedelta(days=DAYS)
    meldingen = Melding.objects.of(where).filter(received_at__gt=since, place_source=Melding.PlaceSource.ADDRESS)
    meldingen = meldingen.exclude(place_text="")
    unknown, total = meldingen.filter(address="").count(), meldingen.count()
    if unknown >= FEW and 5 * unknown >= total:
        words = ngettext(
            "Of %(total)d address that residents typed in 30 days, %(n)d is not in our table.",
            "Of %(total)d addresses that residents typed in 30 days, %(n)d are not in our table.",
            total,
        )
        act = _("Have the newest addresses loaded")
        yield Defect(Subject.ADDRESSES, words % {"total": total, "n": unknown}, act, path)
