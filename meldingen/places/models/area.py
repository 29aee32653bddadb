"""The areas of a municipality: gemeente, wijk, buurt, each with its CBS code and the year of its borders."""

from typing import Self

from django.conf import settings
from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models import Municipality, Owned, OwnedQuerySet


class AreaQuerySet(OwnedQuerySet["Area"]):
    """Areas, as a municipality has them."""

    def in_use(self, municipality: Municipality) -> Self:
        """Those of the year that is in use, without what a corrected file of that year left out."""
        return self.of(municipality).filter(vintage=municipality.area_vintage or 0, is_retired=False)


class Area(Owned):
    """A polygon with a name. Areas of an earlier year stay, so that old meldingen keep their buurt.

    So do those that a corrected file of the same year no longer has: they are retired, take in nothing any more, and
    stand in no grid that is fixed later.
    """

    class Level(models.TextChoices):
        """CBS levels."""

        GEMEENTE = "gemeente", _("Gemeente")
        WIJK = "wijk", _("Wijk")
        BUURT = "buurt", _("Buurt")

    level = models.CharField(_("level"), max_length=8, choices=Level.choices)
    code = models.CharField(_("CBS code"), max_length=10)
    name = models.CharField(_("name"), max_length=100)
    vintage = models.PositiveSmallIntegerField(_("year of the borders"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", db_constraint=False,
        verbose_name=_("lies in"),
    )  # fmt: skip
    geometry = models.MultiPolygonField(_("border"), srid=settings.SRID_STORED)
    inhabitants = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    density = models.PositiveIntegerField(_("inhabitants per km²"), null=True, blank=True)
    ages = models.JSONField(
        _("age groups"), default=dict, blank=True, help_text=_("Percentages by CBS column; a missing one is unknown.")
    )
    attribution = models.CharField(
        _("source of the border"), max_length=200, blank=True, help_text=_("Shown wherever the border is.")
    )
    figures_source = models.CharField(
        _("source of the figures"), max_length=200, blank=True,
        help_text=_("Who counted who lives there, and when; empty: with the border."),
    )  # fmt: skip
    is_retired = models.BooleanField(
        _("withdrawn"), default=False, help_text=_("A corrected file of the same year no longer has it.")
    )

    objects = AreaQuerySet.as_manager()  # type: ignore[misc]  # the stubs take the base's for a class variable

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "vintage", "code"], name="area_code"),
            models.UniqueConstraint(fields=["municipality", "id"], name="area_key"),
            models.CheckConstraint(
                condition=models.Q(level="gemeente", parent__isnull=True)
                | (~models.Q(level="gemeente") & models.Q(parent__isnull=False)),
                name="area_nests",
            ),
        ]

    def __str__(self) -> str:
        return self.name
