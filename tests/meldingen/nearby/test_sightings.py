"""Who saw the same is counted once, and may ask to follow for a day."""

from datetime import timedelta

from django.utils import timezone

from meldingen.nearby import sightings
from meldingen.nearby.models import Sighting
from meldingen.record.models import Melding
from tests.factories import Town


def test_pressed_twice_it_counts_once_and_each_page_counts(reported: Melding) -> None:
    tokens = [sightings.see(reported, page).token for page in ("een", "een", "twee")]
    assert tokens[0] == tokens[1] != tokens[2]
    assert sightings.count(reported) == 2


def test_the_mark_of_the_page_is_not_kept(reported: Melding) -> None:
    assert sightings.see(reported, "bladzijde").page != "bladzijde"


def test_who_has_the_token_finds_it_for_a_day_in_their_town(town: Town, neighbour: Town, reported: Melding) -> None:
    sighting = sightings.see(reported, "een")
    assert sightings.with_token(town.municipality, sighting.token) == sighting
    assert sightings.with_token(neighbour.municipality, sighting.token) is None
    assert sightings.with_token(town.municipality, "x") is None
    Sighting.objects.update(seen_at=timezone.now() - timedelta(hours=25))
    assert sightings.with_token(town.municipality, sighting.token) is None
