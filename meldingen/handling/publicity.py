"""Keeps a melding out of what the public sees one by one, whatever its category; and gives it back."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from meldingen.handling.triage import Case
from meldingen.record import events, lifecycle
from meldingen.refusals import Refused


def hide(case: Case) -> None:
    """Nobody but colleagues and its reporter sees it any more."""
    _set(case, hidden=True)


def show(case: Case) -> None:
    """It is public again, as far as its category is."""
    _set(case, hidden=False)


def _set(case: Case, *, hidden: bool) -> None:
    with transaction.atomic():
        melding = lifecycle.lock(case.melding_id, case.municipality.pk)
        if melding.is_hidden == hidden:
            raise Refused("same", _("A colleague did this already."))
        happening = events.Hidden() if hidden else events.Shown()
        lifecycle.change(melding, happening, actor=case.by, is_hidden=hidden)
