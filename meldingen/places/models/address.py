"""The addresses of a municipality, each in its street; `load_addresses` writes both."""

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.utils.translation import gettext_lazy as _

from meldingen.places.models.area import Area
from meldingen.tenancy.models import Owned


class Street(Owned):
    """A street of one place. By its `key`, the name without what people leave out, it is found with typos too."""

    name = models.CharField(_("street"), max_length=80)
    place = models.CharField(_("place name"), max_length=80)
    key = models.CharField(max_length=80, editable=False)
    place_key = models.CharField(max_length=80, editable=False)
    # Of an address halfway its numbers: where the map goes when nobody said a number.
    point = models.PointField(srid=settings.SRID_STORED, null=True, editable=False, spatial_index=False)

    class Meta:
        verbose_name = _("street")
        verbose_name_plural = _("streets")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "place_key", "key", "name"], name="street_once"),
            models.UniqueConstraint(fields=["municipality", "id"], name="street_key"),
        ]
        indexes = [
            GinIndex(OpClass("key", "gin_trgm_ops"), name="street_typos"),
            models.Index(fields=["municipality", "key"], name="street_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.place}"


class Address(Owned):
    """One address, as the BAG has it. Several may have one point."""

    street = models.ForeignKey(
        Street, models.CASCADE, related_name="addresses", db_constraint=False, db_index=False, verbose_name=_("street")
    )
    number = models.PositiveIntegerField(_("house number"))
    letter = models.CharField(_("letter"), max_length=1, blank=True)
    addition = models.CharField(_("addition"), max_length=4, blank=True)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True)
    buurt = models.ForeignKey(
        Area, models.PROTECT, related_name="+", db_constraint=False, db_index=False, verbose_name=_("neighbourhood")
    )
    point = models.PointField(_("place"), srid=settings.SRID_STORED)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [models.UniqueConstraint(fields=["municipality", "id"], name="address_key")]
        indexes = [
            models.Index(fields=["street", "number"], name="address_in_street"),
            models.Index(fields=["municipality", "postcode", "number"], name="address_by_postcode"),
        ]

    def __str__(self) -> str:
        return f"{self.street.name} {self.house_number}"

    @property
    def house_number(self) -> str:
        """Number, letter and addition as they are written: 12, 12A, 12-3, 12A-bis."""
        return house_number(self.number, self.letter, self.addition)


def house_number(number: int, letter: str, addition: str) -> str:
    """The three parts together."""
    return f"{number}{letter}{f'-{addition}' if addition else ''}"
