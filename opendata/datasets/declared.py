"""Which tables there are. What a reader is told about one follows from its declaration."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendata.datasets.columns import Column, columns_of
from opendata.disclosure import MONTHLY, YEARLY, Dimension, PeriodKind, Table
from opendata.disclosure.tables import AREAS
from opendata.models import Release
from opendata.models.planned_table import table_of

DECLARED: tuple[Table, ...] = (*MONTHLY, *YEARLY)

_DIMENSIONS: dict[Dimension, Promise] = {
    Dimension.GEMEENTE: gettext_lazy("municipality"),
    Dimension.WIJK: gettext_lazy("district"),
    Dimension.BUURT: gettext_lazy("neighbourhood"),
    Dimension.MAIN_CATEGORY: gettext_lazy("main category"),
    Dimension.CATEGORY: gettext_lazy("category"),
    Dimension.HANDLING_TIME: gettext_lazy("handling time"),
}
_PERIODS: dict[PeriodKind, Promise] = {
    PeriodKind.MONTH: gettext_lazy("month"),
    PeriodKind.QUARTER: gettext_lazy("quarter"),
    PeriodKind.YEAR: gettext_lazy("year"),
}


def slug_of(table: Table) -> str:
    """The name of the dataset in URLs. It never changes: period, columns and account are part of it."""
    slug = f"{table.name}-per-{table.period_kind}"
    return f"{slug}-maandbudget" if is_paid_by_its_months(table) else slug


def is_paid_by_its_months(table: Table) -> bool:
    """Whether it is a table of a year that the months pay for. The account of the year may pay for the same table."""
    return table.period_kind is PeriodKind.YEAR and table.paid_by is PeriodKind.MONTH


def dimensions_in_words(table: Table) -> str:
    """ "wijk and main category", in the language of the reader."""
    return _(" and ").join(str(_DIMENSIONS[dimension]) for dimension in table.dimensions)


def dimension_in_words(dimension: Dimension) -> str:
    """ "main category", in the language of the reader."""
    return str(_DIMENSIONS[dimension])


def period_in_words(kind: PeriodKind) -> str:
    """ "month", in the language of the reader."""
    return str(_PERIODS[kind])


@dataclass(frozen=True)
class Dataset:
    """One published table over its periods."""

    table: Table

    @property
    def slug(self) -> str:
        return slug_of(self.table)

    @property
    def title(self) -> str:
        title = capfirst(_("Reports by %(dimensions)s") % {"dimensions": dimensions_in_words(self.table)})
        if is_paid_by_its_months(self.table):
            return _("%(title)s (budget of the months)") % {"title": title}
        return title

    @property
    def dimensions(self) -> str:
        return dimensions_in_words(self.table)

    @property
    def period_word(self) -> str:
        return period_in_words(self.table.period_kind)

    @property
    def summary(self) -> str:
        return _("How many reports came in, by %(dimensions)s, per %(period)s.") % {
            "dimensions": dimensions_in_words(self.table),
            "period": self.period_word,
        }

    @property
    def is_of_areas(self) -> bool:
        """Whether one row is one area, so that it can be drawn on a map."""
        return len(self.table.dimensions) == 1 and self.table.dimensions[0] in AREAS

    @property
    def columns(self) -> tuple[Column, ...]:
        return columns_of(self.table)


def of_release(release: Release) -> Dataset:
    """The dataset that a release belongs to, from what was stored with the draw."""
    return Dataset(table_of(release.table))
