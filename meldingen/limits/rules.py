"""What is limited, by how much, and what is counted for it. What follows from a limit is for the caller to decide.

Without a sender (a colleague who is logged in) nothing is counted.
"""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from meldingen.limits.counting import Counter, Mode, key_of, wait_for
from meldingen.limits.rates import Rate
from meldingen.limits.senders import Sender

TOO_MANY = _("This is too much at once from your network. Wait %(seconds)d seconds and send it again.")
WIDE_FACTOR = 8  # the networks around a network may do so many times as much


def floods(sender: Sender | None) -> bool:
    """Count a melding by the form; whether it is one of too many from one network.

    Each counts, also what is too much: a flood stays one until it is over.
    """
    return wait_for(_networks("form", sender), Mode.ALWAYS) > 0


def wait_for_api(sender: Sender | None) -> float:
    """Count a melding by the API; the seconds to wait when there was no room for it, and then it is not counted."""
    return wait_for(_networks("api", sender), Mode.IF_ROOM)


def wait_for_page(sender: Sender | None) -> float:
    """Count a page or file; the seconds to wait when there was no room for it, and then it is not counted."""
    return wait_for(_networks("pages", sender), Mode.IF_ROOM)


def wait_for_link(sender: Sender | None) -> float:
    """Count somebody who asks for the link of a melding; the seconds to wait when there was no room for it."""
    return wait_for(_networks("links", sender), Mode.IF_ROOM)


def wait_for_photo(sender: Sender | None) -> float:
    """Count a photo of a form; the seconds to wait when there was no room for it, and then it is not counted."""
    return wait_for(_networks("photos", sender), Mode.IF_ROOM)


def may_suggest(sender: Sender | None, municipality_id: int) -> bool:
    """Count a question to the model; whether it may be asked for this sender and in this municipality now."""
    return not is_flooded(municipality_id) and wait_for(_networks("suggestions", sender), Mode.IF_ROOM) == 0


def may_prompt(sender: Sender | None) -> bool:
    """Count that somebody is shown what was reported near a place; whether they may see it now."""
    return wait_for(_networks("prompts", sender), Mode.IF_ROOM) == 0


def count_received(municipality_id: int) -> None:
    """Count a melding of the municipality; not a suspect one, or one network could fill the town's limit."""
    wait_for(_town(municipality_id), Mode.ALWAYS)


def is_flooded(municipality_id: int) -> bool:
    """Whether more meldingen come in than this municipality's limit: mails to reporters and suggestions wait then."""
    return wait_for(_town(municipality_id), Mode.LOOK) > 0


def _networks(name: str, sender: Sender | None) -> list[Counter]:
    rate: Rate | None = settings.LIMITS[name]
    if rate is None or sender is None or sender.is_exempt:
        return []
    wide = rate.times(WIDE_FACTOR)
    networks = ((sender.narrow, rate), (sender.wide, wide))
    return [(key_of(name, network), most) for network, most in networks if network]


def _town(municipality_id: int) -> list[Counter]:
    rate: Rate | None = settings.LIMITS["town"]
    return [(key_of("town", str(municipality_id)), rate)] if rate else []
