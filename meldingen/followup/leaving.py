"""The reporter leaves an e-mail address with a melding that has none, and gets its link there."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from meldingen.followup.opening import open_melding
from meldingen.notifications import telling
from meldingen.record import workflow
from meldingen.record.models import Event, Melding, Reporter
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality


def leave_address(municipality: Municipality, token: str, address: str, language: str) -> None:
    """Keep the clean address with the melding and send its receipt there; the same address again is as once.

    Raises Refused, and Melding.DoesNotExist for an address of a page that leads to none here.
    """
    with open_melding(municipality, token) as melding:
        reporter = Reporter.objects.of(municipality).filter(melding=melding).first()
        if reporter and reporter.email.lower() == address.lower():
            return
        check(melding)
        spoken = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        if reporter is None:
            reporter = Reporter(municipality=municipality, melding=melding, language=spoken)
        reporter.email = address
        reporter.save()
        receipt = melding.events.select_related("melding__municipality").get(kind=Event.Kind.RECEIVED)
        telling.welcome(receipt, reporter)


def check(melding: Melding) -> None:
    """Refused where no address is asked for."""
    if melding.state in workflow.CLOSED:
        raise Refused("closed", _("This report is closed, so there is no more news to mail."))
    if Reporter.objects.of(melding.municipality_id).filter(melding=melding).exclude(email="").exists():
        raise Refused("known", _("We mail you already: you left an e-mail address with this report."))
