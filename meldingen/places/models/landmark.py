"""What people call a place by: the named water, green and buildings of the map, each place once."""

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.utils.translation import gettext_lazy as _

from meldingen.places.models.map_feature import MapFeature
from meldingen.tenancy.models import Owned


class Landmark(Owned):
    """A park, a water or a building by its name. `load_map` gathers them from the features that lie together under one
    name: a canal is drawn in twenty parts and is one place.
    """

    kind = models.CharField(_("kind"), max_length=6, choices=MapFeature.Kind.choices)
    name = models.CharField(_("name"), max_length=80)
    key = models.CharField(max_length=80, editable=False)
    geometry = models.GeometryField(_("shape"), srid=settings.SRID_STORED, spatial_index=False)

    class Meta:
        verbose_name = _("place by name")
        verbose_name_plural = _("places by name")
        constraints = [models.UniqueConstraint(fields=["municipality", "id"], name="landmark_key")]
        indexes = [GinIndex(OpClass("key", "gin_trgm_ops"), name="landmark_typos")]

    def __str__(self) -> str:
        return self.name
