"""A melding that its reporter opens by its private address, locked until what they do with it is done."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meldingen.record import lifecycle, queries
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality

MAX_TEXT = 5000


@contextmanager
def open_melding(municipality: Municipality, token: str) -> Iterator[Melding]:
    """The locked melding, in one transaction. Melding.DoesNotExist for an address that leads to none here."""
    with transaction.atomic():
        melding = queries.followed(municipality, token)
        if melding is None:
            raise Melding.DoesNotExist
        yield lifecycle.lock(melding.pk, municipality.pk)


def words(text: str, *, needed: bool = True) -> str:
    """What a reporter typed, without the space around it. Refused when it is empty or too long."""
    clean = text.strip()
    if needed and not clean:
        raise Refused("empty", _("Write first what you want to add."), "text")
    if len(clean) > MAX_TEXT:
        raise Refused("too_long", format_lazy(_("Use at most {most} characters."), most=MAX_TEXT), "text")
    return clean
