"""What of single meldingen is public, and who said that they saw the same."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.categories.models import Category
from meldingen.places.models import Asset
from meldingen.record.models import Melding
from meldingen.tenancy.models import Owned


class PublicMelding(Owned):
    """A row of the view `public_meldingen`: all that anybody may know of one melding, and nothing besides.

    A view decides which there are (the migration `nearby`): of a category that the town decided to show, received after
    that decision, sure or confirmed, not hidden, old enough. The place is a corner of a grid, the moment a day.
    """

    category = models.ForeignKey(Category, models.DO_NOTHING, related_name="+", db_constraint=False)
    asset = models.ForeignKey(Asset, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    place = models.PointField(srid=settings.SRID_STORED)
    received_on = models.DateField()
    is_solved = models.BooleanField()
    # When it was solved; empty while it is open.
    solved_on = models.DateField(null=True)
    # Whether it is shown to who reports the same, and on the map.
    in_prompt = models.BooleanField()
    on_map = models.BooleanField()

    class Meta:
        managed = False
        db_table = "public_meldingen"

    def __str__(self) -> str:
        return f"{self.place.x:.0f} {self.place.y:.0f}"


def new_token() -> str:
    """What nobody can guess."""
    return secrets.token_urlsafe(32)


class Sighting(Owned):
    """Somebody was about to report what a melding is about already, and said so instead.

    Nothing is known of them; who has the token came from that page, and may ask to follow. Colleagues see how many
    there are, nobody else.
    """

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="sightings", db_constraint=False)
    # A keyed hash of the page it was said on: pressed twice it counts once.
    page = models.CharField(max_length=64)
    token = models.CharField(max_length=43, default=new_token)
    seen_at = models.DateTimeField(_("seen"), auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "melding", "page"], name="sighting_once"),
            models.UniqueConstraint(fields=["municipality", "token"], name="sighting_token"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
