"""Somebody is about to report what is known already: what they are shown, and that they saw the same instead."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from meldingen.intake.choosing import find_category
from meldingen.intake.placing import find_place
from meldingen.intake.submission import Submission
from meldingen.nearby import public, sightings
from meldingen.nearby.public import Match
from meldingen.notifications import reading
from meldingen.record import lifecycle, workflow
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality


@dataclass(frozen=True)
class Offer:
    """One that is known already, and by which word the page says that this is it: another one on every page."""

    match: Match
    handle: str


def offers(municipality: Municipality, submission: Submission) -> list[Offer]:
    """What is known already of this kind near this place; nothing where either is not sure, or where there is danger:
    who reports that is not asked whether somebody else did.
    """
    if submission.danger:
        return []
    try:
        place = find_place(municipality, submission)
        category = find_category(municipality, submission.category_slug)
    except Refused:
        return []
    if place.point is None or category is None or category.public_as != category.PublicAs.KAART:
        return []
    near = public.near(municipality, category, place.point, place.asset)
    return [Offer(match, _handle(municipality, submission, match.melding_id)) for match in near]


def see(municipality: Municipality, submission: Submission, handle: str) -> str:
    """Take down that they saw what they were offered, instead of reporting it; the token of that.

    Refused at `follow` where that is open no more, or was never offered on this page.
    """
    for offer in offers(municipality, submission):
        if constant_time_compare(offer.handle, handle):
            with transaction.atomic():
                melding = lifecycle.lock(offer.match.melding_id, municipality.pk)
                if melding.state in workflow.OPEN and reading.is_for_others(melding):
                    return sightings.see(melding, str(submission.submission_key)).token
    raise Refused(
        "gone", _("This one was solved or changed just now. Look again, or go on with your own report."), "follow"
    )


def _handle(municipality: Municipality, submission: Submission, melding_id: int) -> str:
    content = f"{municipality.pk}:{submission.submission_key}:{melding_id}"
    return salted_hmac("meldingen.intake.sighting", content, algorithm="sha256").hexdigest()[:32]
