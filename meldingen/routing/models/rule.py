"""Routing rules: rows that staff change, not code."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldingen.categories.models import AMOUNTS, Category, Promising
from meldingen.places.models import Area
from meldingen.record.models import Melding
from meldingen.tenancy.models import Owned, Team


class RoutingRule(Promising, Owned):
    """For meldingen of this category (or one under it) in this area: this team and term. The first that fits counts."""

    position = models.PositiveSmallIntegerField(_("order"), help_text=_("The lowest number is tried first."))
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False,
        verbose_name=_("category"), help_text=_("Empty: every category."),
    )  # fmt: skip
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False,
        verbose_name=_("area"), help_text=_("Empty: everywhere."),
    )  # fmt: skip
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False,
        verbose_name=_("team"), help_text=_("Empty: the team of the category."),
    )  # fmt: skip
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Melding.Priority.choices, default=Melding.Priority.NORMAL
    )
    service_amount = models.PositiveSmallIntegerField(
        _("term"), null=True, blank=True, validators=AMOUNTS, help_text=_("Empty: the service level of the category.")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["municipality", "position"], name="routing_rule_position")]

    def __str__(self) -> str:
        what = self.category.name if self.category else gettext("every category")
        where = self.area.name if self.area else gettext("everywhere")
        text = f"{self.position}: {what}, {where}"
        return f"{text} → {self.team.name}" if self.team else text

    @property
    def says_nothing(self) -> bool:
        """Whether it asks for everything everywhere what happens without it."""
        conditions = (self.category_id, self.area_id, self.team_id, self.service_amount)
        return conditions == (None,) * len(conditions) and self.priority == Melding.Priority.NORMAL
