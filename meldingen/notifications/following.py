"""Following a melding that somebody else made."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from meldingen import texts
from meldingen.notifications import reading, recipients, telling
from meldingen.notifications.addresses import check_address
from meldingen.record import lifecycle, workflow
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality


def follow(municipality: Municipality, melding_id: int, address: str, language: str) -> None:
    """Ask the holder of an address whether they want to hear how a melding goes on, or the one it was merged into.

    Who follows it, was asked already or stopped it is not asked again, and who reported it hears of it anyhow. Nobody
    but the holder learns which: the answer is the same. Raises Refused where the melding is closed or not for others,
    and ValidationError for what is no address.
    """
    clean = texts.clean_address(address)
    check_address(clean)
    with transaction.atomic():
        melding = lifecycle.lock(melding_id, municipality.pk)
        if melding.lead_id:
            melding = lifecycle.lock(melding.lead_id, municipality.pk)
        if not reading.is_for_others(melding) or melding.state in workflow.CLOSED:
            raise Refused("closed", _("You cannot follow this report any more."))
        if not recipients.reported_by(melding, clean):
            spoken = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
            telling.invite(melding, recipients.add_follower(melding, clean, spoken))
