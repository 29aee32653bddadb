"""Rows of the desk in the settings: standard texts."""

from __future__ import annotations

from django.contrib import admin

from meldingen.handling.models import StandardText
from meldingen.staffsite.admin import ScopedAdmin
from meldingen.staffsite.site import site
from meldingen.tenancy.roles import Right


@admin.register(StandardText, site=site)
class StandardTextAdmin(ScopedAdmin):
    """Texts that are sent often; what has a blank that nothing fills in is refused."""

    delete_right = Right.MANAGE
    list_display = ("name", "for_state", "category", "is_active")
    list_filter = ("for_state", "is_active", "category")
    list_select_related = ("category",)
    ordering = ("for_state", "name")
