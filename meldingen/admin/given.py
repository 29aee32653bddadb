"""What staff see and do not change here: areas come from `load_areas`, models from training."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from meldingen.models import Area, TrainedModel
from meldingen.tenancy.admin import ReadOnlyAdmin
from meldingen.tenancy.site import site

# What analytics.learning measures, in words; what is not here is for programs.
FIGURES = {
    "held_out": _("texts that it was measured on"),
    "accuracy": _("share of which the first choice was right"),
    "top3": _("share with the right one among three"),
    "routed": _("share that it would route"),
    "routed_right": _("share of those that was right"),
    "threshold": _("probability from which it routes"),
    "precision": _("share that it promises to be right then"),
    "folded": _("categories with too few examples"),
}


@admin.register(Area, site=site)
class AreaAdmin(ReadOnlyAdmin):
    """Areas with their figures."""

    exclude = ("municipality", "geometry", "ages")
    list_display = ("name", "code", "level", "vintage", "inhabitants", "households", "is_retired")
    list_filter = ("level", "vintage", "is_retired")
    search_fields = ("name", "code")
    ordering = ("-vintage", "code")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without borders."""
        return super().get_queryset(request).defer("geometry", "ages", "parent__geometry", "parent__ages")


@admin.register(TrainedModel, site=site)
class TrainedModelAdmin(ReadOnlyAdmin):
    """Models and what was measured of them."""

    exclude = ("municipality", "file", "figures")
    readonly_fields = ("measured",)
    list_display = ("version", "trained_on", "texts", "classes", "trained_at", "is_active")
    ordering = ("-version",)

    @admin.display(description=_("figures"))
    def measured(self, model: TrainedModel) -> str:
        """Each figure behind its words."""
        known = [(words, model.figures[name]) for name, words in FIGURES.items() if model.figures.get(name) is not None]
        return "; ".join(f"{words}: {number_format(round(figure, 3))}" for words, figure in known) or "–"
