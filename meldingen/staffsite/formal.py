"""Words of the municipality's own for who asks for what a report cannot give."""

from __future__ import annotations

from django.contrib import admin

from meldingen.staffsite.admin import ScopedAdmin
from meldingen.staffsite.site import site
from meldingen.tenancy.models import FormalText
from meldingen.tenancy.roles import Right


@admin.register(FormalText, site=site)
class FormalTextAdmin(ScopedAdmin):
    """At most one row for each; without one the words are those of every town."""

    delete_right = Right.MANAGE
    list_display = ("about", "url")
    ordering = ("about",)
