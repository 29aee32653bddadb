"""The keys that every table of a year has, fixed once and never changed (a trigger refuses it)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models import Owned


class Grid(Owned):
    """Areas and categories of one municipality for one year; `analytics.grid` reads and writes it.

    `areas`: list of {code, name, level, parent}; `categories`: list of {slug, name_nl, name_en, main}; both with
    their rest value. `borders`: area code -> GeoJSON geometry in longitude and latitude. `time_zone` decides on which
    day a melding was received.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    vintage = models.PositiveSmallIntegerField(_("year of the borders"))
    time_zone = models.CharField(_("time zone"), max_length=50)
    areas = models.JSONField(_("areas"))
    categories = models.JSONField(_("categories"))
    borders = models.JSONField(_("borders"))
    attribution = models.CharField(_("source of the borders"), max_length=200, blank=True)
    fixed_at = models.DateTimeField(_("fixed"), auto_now_add=True)

    class Meta:
        verbose_name = _("grid of keys")
        verbose_name_plural = _("grids of keys")
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["municipality", "year"], name="grid_once_a_year")]

    def __str__(self) -> str:
        return f"{self.municipality_id}/{self.year}"
