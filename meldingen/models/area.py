"""The areas of a municipality: gemeente, wijk, buurt, each with its CBS code and the year of its borders."""

from django.conf import settings
from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.models.municipality import Owned


class Area(Owned):
    """A polygon with a name. Areas of an earlier year stay, so that old meldingen keep their buurt."""

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
