"""What the map draws below everything else: streets with their names, water, green and buildings."""

from django.conf import settings
from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models import Owned


class MapFeature(Owned):
    """A line or a surface of the base map. `load_map` writes them, and the tiles are made of them."""

    class Kind(models.TextChoices):
        """What it is; the words are those of the files."""

        STREET = "straat", _("Street")
        WATER = "water", _("Water")
        GREEN = "groen", _("Green")
        BUILDING = "gebouw", _("Building")

    class Rank(models.IntegerChoices):
        """How important a street is: the first is drawn from far."""

        MAIN = 1, _("Main road")
        STREET = 2, _("Street")
        PATH = 3, _("Path")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    rank = models.PositiveSmallIntegerField(_("rank"), choices=Rank.choices, default=Rank.STREET)
    name = models.CharField(_("name"), max_length=80, blank=True)
    geometry = models.GeometryField(_("shape"), srid=settings.SRID_STORED)
    # Where its name stands and how far it is turned, in degrees: the middle of its longest straight part.
    label_point = models.PointField(srid=settings.SRID_STORED, null=True, editable=False, spatial_index=False)
    label_turn = models.SmallIntegerField(default=0, editable=False)
    label_room = models.FloatField(default=0, editable=False)

    class Meta:
        verbose_name = _("feature of the map")
        verbose_name_plural = _("features of the map")
        constraints = [models.UniqueConstraint(fields=["municipality", "id"], name="map_feature_key")]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()
