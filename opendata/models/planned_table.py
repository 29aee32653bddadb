"""The publication plan: in what form each declared table is published in a year, decided before its first draw."""

from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models import Owned
from opendata.disclosure import Dimension, PeriodKind, Table
from opendata.models.budget import Budget


class PlannedTable(Owned):
    """One declared table of one year: published as declared, published coarser, or not at all, and why.

    It holds for the whole year, because a quarter is paid by its months: changing the form halfway would spend twice.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    asked = models.CharField(_("declared table"), max_length=60)
    account = models.CharField(_("account"), max_length=5, choices=Budget.Kind.choices, default=Budget.Kind.MONTH)
    table = models.JSONField(_("table"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=30, blank=True)
    params = models.JSONField(_("figures"), default=dict, blank=True)
    planned_at = models.DateTimeField(_("chosen"), auto_now_add=True)

    class Meta:
        verbose_name = _("form of a table")
        verbose_name_plural = _("forms of tables")
        ordering = ["year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "asked", "account"], name="planned_table_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked} {self.year}"

    def published_table(self) -> Table | None:
        """The table that is drawn, or None when no form of it is precise enough."""
        return None if self.table is None else table_of(self.table)


def values_of(table: Table) -> dict[str, str | list[str]]:
    """A table as plain values; `table_of` reads them back."""
    return {
        "name": table.name,
        "dimensions": [str(dimension) for dimension in table.dimensions],
        "period_kind": str(table.period_kind),
        "share": str(table.share),
        "account": str(table.account),
    }


def table_of(values: dict[str, str | list[str]]) -> Table:
    """The table that `values_of` wrote."""
    return Table(
        str(values["name"]),
        tuple(Dimension(dimension) for dimension in values["dimensions"]),
        PeriodKind(str(values["period_kind"])),
        Fraction(str(values["share"])),
        PeriodKind(str(values["account"])),
    )
