"""The reporter takes their melding back."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen.classification.dangers import Kind
from meldingen.classification.emergencies import find_danger
from meldingen.followup.adding import keep
from meldingen.followup.opening import open_melding
from meldingen.followup.opening import words as typed
from meldingen.notifications.offers import offers
from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality

EMERGENCIES = (Kind.GAS, Kind.LIFE)
_IN_DANGER = _("Is somebody in danger now? Then call 112, and add this to your report instead of withdrawing it.")
_BUSY = (workflow.IN_PROGRESS, workflow.PLANNED)


def withdraw(municipality: Municipality, token: str, text: str = "") -> None:
    """Close the melding as withdrawn, with what the reporter says of it, if anything. Twice is as once.

    Not what people may be in danger of, nor what others reported too: Refused. Where somebody is at work on it,
    colleagues see that they need not.
    """
    with open_melding(municipality, token) as melding:
        why = typed(text, needed=False)
        if melding.state == workflow.WITHDRAWN:
            return
        check(melding)
        if find_danger(why) in EMERGENCIES:
            raise Refused("danger", _IN_DANGER, "text")
        busy = melding.state in _BUSY
        if why:
            keep(melding, why)
        lifecycle.move(melding, workflow.WITHDRAWN, actor=events.REPORTER)
        if busy:
            lifecycle.put(melding, reporter_spoke_at=timezone.now())


def check(melding: Melding) -> None:
    """Refused where it cannot be withdrawn."""
    if offers(melding, timezone.now()).withdraws:
        return
    if melding.state in workflow.CLOSED:
        raise Refused("closed", _("This report is closed already. You need not do anything."))
    if melding.is_emergency:
        words = _("You wrote of danger, so a colleague must look first. Is it over? Add that to your report.")
        raise Refused("danger", words)
    words = _("Others reported this too, so we go on with it. You need not do anything more.")
    raise Refused("leads", words)
