"""Two reports of one thing: one of them leads, and reporters of the other read how that one goes on."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from meldingen.handling.triage import Case
from meldingen.notifications import reading
from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import Melding
from meldingen.refusals import Refused


def merge(case: Case, lead_id: int) -> None:
    """Merge the melding into the one that leads.

    A lead is open, for others to read of, and merged into none itself; and who is merged leads none. Both rows are
    locked in the order of their ids, so two colleagues who merge them into one another wait, and the second is refused.
    The database holds the same (the migration `merging`).
    """
    with transaction.atomic():
        locked = {each.pk: each for each in lifecycle.lock_many({case.melding_id, lead_id}, case.municipality.pk)}
        melding, lead = locked.get(case.melding_id), locked.get(lead_id)
        if melding is None:
            raise Melding.DoesNotExist
        _check(melding, lead)
        lifecycle.change(melding, events.Merged(), actor=case.by, lead=lead)


def _check(melding: Melding, lead: Melding | None) -> None:
    if lead is None or not reading.is_for_others(lead):
        raise Refused("unknown", _("There is no such melding to merge with."), "lead")
    if lead.pk == melding.pk:
        raise Refused("itself", _("A melding cannot be merged into itself. Choose another one."), "lead")
    if lead.state in workflow.CLOSED:
        raise Refused("closed", _("That melding is closed. Open it again, or choose another one."), "lead")
    if lead.lead_id is not None:
        raise Refused("merged", _("That melding was merged itself. Choose the one into which it was merged."), "lead")
    if melding.lead_id is not None:
        raise Refused("merged_already", _("This melding was merged already."), "lead")
    if melding.merged.exists():
        raise Refused("leads", _("Others were merged into this melding. Merge the other one into it instead."), "lead")
