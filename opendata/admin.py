"""What staff see of the ledger: everything, to read. Nothing here can be changed, by anybody."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from meldingen.staffsite.admin import ReadOnlyAdmin
from meldingen.staffsite.site import site
from opendata.datasets.reasons import reason_in_words
from opendata.disclosure import is_too_uncertain, percent
from opendata.models import Budget, PlannedTable, Release


def exact(field: str, label: Any) -> Callable[[Any], str]:
    """A column with an epsilon as people write it: 0,3 and not 0,300000000."""

    @admin.display(description=label, ordering=field)
    def column(row: Any) -> str:
        return number_format(getattr(row, field).normalize())

    return column


# Any: the stubs know columns by name only.
EPSILON: Any = exact("epsilon", "epsilon")
GRANT: Any = exact("granted", _("granted"))
COST: Any = exact("spent", _("spent"))


class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ("dataset", "period", EPSILON, "error", "drawn_at")
    list_filter = ("dataset",)
    fields = ("dataset", "period", EPSILON, "error", "sensitivity", "drawn_at", "sha256", "files_in_words")
    readonly_fields = (EPSILON, "error", "files_in_words")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What was drawn, without the rows of the table, thousands for each release."""
        return super().get_queryset(request).filter(drawn_at__isnull=False).defer("rows")

    @admin.display(description=_("expected error"), ordering="expected_error")
    def error(self, release: Release) -> str:
        """In percent, with a word where nothing should be concluded from it."""
        error = release.expected_error
        figure = "–" if error is None else f"{percent(error)} %"
        return (
            _("%(error)s (too uncertain to conclude from)") % {"error": figure} if is_too_uncertain(error) else figure
        )

    @admin.display(description=_("files"))
    def files_in_words(self, release: Release) -> str:
        return ", ".join(f"{file.format} {file.sha256}" for file in release.files.all()) or "–"


class BudgetAdmin(ReadOnlyAdmin):
    list_display = fields = ("period", "kind", GRANT, COST)
    list_filter = ("kind",)
    readonly_fields = (GRANT, COST)


class PlannedTableAdmin(ReadOnlyAdmin):
    list_display = ("year", "asked", "why")
    list_filter = ("year",)
    list_display_links = ("asked",)
    fields = ("year", "asked", "why", "planned_at")
    readonly_fields = ("why",)

    @admin.display(description=_("form"))
    def why(self, planned_table: PlannedTable) -> str:
        return reason_in_words(planned_table)


site.register(Release, ReleaseAdmin)
site.register(Budget, BudgetAdmin)
site.register(PlannedTable, PlannedTableAdmin)
