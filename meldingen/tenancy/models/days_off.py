"""On which days nobody works: holidays that count here, and days on which the municipality is closed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models.owned import Owned


class Holiday(models.TextChoices):
    """A day that a municipality may have off each year; which date it has is the calendar's."""

    NEW_YEAR = "new_year", _("New Year's Day")
    GOOD_FRIDAY = "good_friday", _("Good Friday")
    EASTER_MONDAY = "easter_monday", _("Easter Monday")
    KINGS_DAY = "kings_day", _("King's Day")
    LIBERATION_DAY = "liberation_day", _("Liberation Day, each year")
    LIBERATION_LUSTRUM = "liberation_lustrum", _("Liberation Day, once in five years")
    ASCENSION_DAY = "ascension_day", _("Ascension Day")
    WHIT_MONDAY = "whit_monday", _("Whit Monday")
    CHRISTMAS = "christmas", _("Christmas, both days")


def usual_holidays() -> list[str]:
    """What the central government has off: Good Friday is not, and Liberation Day once in five years."""
    unusual = (Holiday.GOOD_FRIDAY, Holiday.LIBERATION_DAY)
    return [holiday.value for holiday in Holiday if holiday not in unusual]


class ClosingDay(Owned):
    """A day on which nobody works at the municipality, although it is a working day elsewhere."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, related_name="closing_days", db_index=False,
        verbose_name=_("municipality"),
    )  # fmt: skip
    day = models.DateField(_("day"))
    words = models.CharField(_("why"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("closing day")
        verbose_name_plural = _("closing days")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "day"],
                name="closing_day_once",
                violation_error_message=_("This closing day stands there twice."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}"
