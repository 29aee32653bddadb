"""Areas and addresses, to look at: they come from files. Objects and their kinds, to change one by one too."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from meldingen.places.models import Address, Area, Asset, AssetKind
from meldingen.staffsite.admin import ReadOnlyAdmin, ScopedAdmin
from meldingen.staffsite.chapters import Chapter
from meldingen.staffsite.site import site


@admin.register(Area, site=site)
class AreaAdmin(ReadOnlyAdmin):
    """Areas with their figures."""

    chapter = (Chapter.LOOK_UP, 1)
    purpose = _("Wijken and buurten with how many live there, by year.")
    exclude = ("municipality", "geometry", "ages")
    list_display = ("name", "code", "level", "vintage", "inhabitants", "households", "is_retired")
    list_filter = ("level", "vintage", "is_retired")
    search_fields = ("name", "code")
    ordering = ("-vintage", "code")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without borders."""
        return super().get_queryset(request).defer("geometry", "ages", "parent__geometry", "parent__ages")


@admin.register(Address, site=site)
class AddressAdmin(ReadOnlyAdmin):
    """Addresses, as `load_addresses` stored them."""

    chapter = (Chapter.LOOK_UP, 2)
    purpose = _("The addresses by which residents say where it is.")
    exclude = ("municipality", "point")
    list_display = ("street", "house_number", "postcode", "buurt")
    list_select_related = ("street", "buurt")
    search_fields = ("street__name__istartswith", "postcode__istartswith")
    ordering = ("id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without borders."""
        return super().get_queryset(request).defer("buurt__geometry", "buurt__ages")


@admin.register(AssetKind, site=site)
class AssetKindAdmin(ScopedAdmin):
    """Which objects there are, and which categories ask for them."""

    chapter = (Chapter.WORK, 4)
    purpose = _("Which objects there are, such as lamps, and which categories ask for one.")
    list_display = ("name", "slug", "asked_by")
    ordering = ("slug",)


@admin.register(Asset, site=site)
class AssetAdmin(ScopedAdmin):
    """Objects: their number and place come from `load_assets`; a label and whether it is in use may change here."""

    chapter = (Chapter.WORK, 5)
    purpose = _("Each lamp, container and bin with its number: its label, and whether it is in use.")
    add_right = None
    readonly_fields = ("kind", "number", "buurt")
    exclude: ClassVar[tuple[str, ...] | None] = ("municipality", "point")
    list_display = ("number", "kind", "label", "buurt", "is_active")
    list_select_related = ("kind", "buurt")
    list_filter = ("is_active", "kind")
    search_fields = ("number__istartswith", "label")
    ordering = ("number",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without borders."""
        return super().get_queryset(request).defer("buurt__geometry", "buurt__ages")
