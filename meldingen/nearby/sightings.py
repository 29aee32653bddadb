"""Takes down that somebody saw what a melding is about already."""

from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from meldingen.nearby.models import Sighting
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality

VALID = timedelta(days=1)  # for so long who said so may ask to follow


def see(melding: Melding, page: str) -> Sighting:
    """Somebody saw the same, and said so on a page with this mark: counted once for each page."""
    mark = salted_hmac("meldingen.nearby.sighting", page, algorithm="sha256").hexdigest()
    sighting, _is_new = Sighting.objects.get_or_create(
        municipality_id=melding.municipality_id, melding=melding, page=mark
    )
    return sighting


def with_token(municipality: Municipality, token: str) -> Sighting | None:
    """The sighting with this token, with its melding; None for any other word, and when it is too long ago."""
    rows = Sighting.objects.of(municipality).filter(token=token[:43], seen_at__gt=timezone.now() - VALID)
    rows = rows.select_related("melding__category__parent", "melding__asset__kind", "melding__buurt")
    return rows.defer("melding__search", "melding__buurt__geometry").first()


def count(melding: Melding) -> int:
    """How many people said so; for colleagues alone."""
    return Sighting.objects.of(melding.municipality_id).filter(melding=melding).count()
