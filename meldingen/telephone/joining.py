"""Somebody calls about what is known already: they are counted with it, and asked whether they want to follow it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from meldingen.intake.submission import Submission
from meldingen.nearby import sightings
from meldingen.notifications import following, reading
from meldingen.record import workflow
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality

DANGER = _("The words tell of danger, which the other melding may not have. Store this as a melding of its own.")
NO_FOLLOWING = _(
    "This melding is closed, or goes on with another one. Look at it, or store the call as a melding of its own."
)


def join(where: Municipality, melding: Melding, submission: Submission) -> bool:
    """Count the caller with the melding; whether they left an address, which gets a mail with a button to follow.

    Twice is as once. Nothing else of the call is kept. Refused where the words tell of danger: that is never counted
    away.
    """
    if submission.danger:
        raise Refused("danger", DANGER)
    if melding.state in workflow.CLOSED or melding.lead_id or not reading.is_for_others(melding):
        raise Refused("closed", NO_FOLLOWING)
    with transaction.atomic():
        sightings.see(melding, str(submission.submission_key))
        if submission.email:
            following.follow(where, melding.pk, submission.email, submission.language)
    return bool(submission.email)
