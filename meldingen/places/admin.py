"""Areas, to look at: they come from `load_areas`."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from meldingen.places.models import Area
from meldingen.staffsite.admin import ReadOnlyAdmin
from meldingen.staffsite.site import site


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
