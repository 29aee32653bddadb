"""The reporter adds photos to their melding, as they add words."""

import uuid
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen.attachments import attaching, receiving
from meldingen.attachments.arrivals import MOST_PHOTOS, Arrival
from meldingen.attachments.models import Photo
from meldingen.followup import adding
from meldingen.followup.opening import open_melding
from meldingen.limits.senders import Sender
from meldingen.record import events, lifecycle, queries, workflow
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality

MOST = 2 * MOST_PHOTOS  # of one melding, those that came with its form among them
_FULL = _("Your report has 10 photos: no more fit. Is there more to see? Say so in words, or call us.")


def room(melding: Melding) -> int:
    """How many more fit, at once at most as many as in a form."""
    return min(max(MOST - melding.photos.count(), 0), MOST_PHOTOS)


def unsent(melding: Melding) -> list[Photo]:
    """What was added to their page and not sent yet, by whoever has the private address; for a day."""
    return receiving.of_form(melding.municipality, _form_of(melding))


def check(melding: Melding) -> None:
    """Refused where nothing can be added any more, or no photo."""
    adding.check(melding)
    if not room(melding):
        raise Refused("full", _FULL)


def choose(
    municipality: Municipality, token: str, arrivals: Sequence[Arrival], to_remove: str, *, sender: Sender | None
) -> list[Refused]:
    """Keep photos for the page, or remove one, before anything is sent. What is refused keeps none of the others back.

    Raises Refused where nothing can be added; and Melding.DoesNotExist for an address that leads to none here.
    """
    melding = queries.followed(municipality, token)
    if melding is None:
        raise Melding.DoesNotExist
    check(melding)
    if to_remove:
        receiving.give_up(municipality, _form_of(melding), to_remove)
    _photos, refusals = _receive(melding, arrivals, sender)
    return refusals


def add(municipality: Municipality, token: str, arrivals: Sequence[Arrival], *, sender: Sender | None) -> None:
    """Keep these photos, and those that were chosen before, with the melding; let colleagues see that there are some.

    The same file again is one photo. Raises Refused in words about a file, once the others are kept; and
    Melding.DoesNotExist for an address that leads to none here.
    """
    melding = queries.followed(municipality, token)
    if melding is None:
        raise Melding.DoesNotExist
    check(melding)
    if not arrivals and not unsent(melding):
        raise Refused("empty", _("Choose a photo first."), "photos")
    photos, refusals = _receive(melding, arrivals, sender)
    with open_melding(municipality, token) as in_lock:
        adding.check(in_lock)
        _keep(in_lock, photos)
    if refusals:
        raise refusals[0]


def _form_of(melding: Melding) -> uuid.UUID:
    """A mark that nobody guesses, and the same each time: by it a file that is sent twice is known."""
    return uuid.uuid5(uuid.NAMESPACE_OID, melding.follow_token)


def _receive(melding: Melding, arrivals: Sequence[Arrival], sender: Sender | None) -> tuple[list[Photo], list[Refused]]:
    """What was chosen before and these."""
    form, photos, refusals, fits = _form_of(melding), unsent(melding), list[Refused](), room(melding)
    for arrival in arrivals:
        try:
            receiving.refuse_more(arrival, MOST_PHOTOS - fits + len(photos))
            photo = receiving.receive(melding.municipality, form, arrival, sender=sender, melding=melding)
            photos += [photo] if photo not in photos else []
        except Refused as refused:
            refusals.append(refused)
    return photos, refusals


def _keep(melding: Melding, photos: Sequence[Photo]) -> None:
    new = [photo for photo in photos if photo.melding_id is None]
    number = attaching.attach_more(melding, new[: room(melding)])  # another window may have filled it meanwhile
    if not number:
        return
    lifecycle.change(melding, events.Added(photos=number), actor=events.REPORTER)
    if melding.state in workflow.UNHEARD:
        return
    lifecycle.put(melding, reporter_spoke_at=timezone.now())
    adding.go_on(melding)
