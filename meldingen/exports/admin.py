"""Who took what out of the inbox as a file, for managers: to look at."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from meldingen.exports.models import Export
from meldingen.staffsite.admin import ReadOnlyAdmin
from meldingen.staffsite.chapters import Chapter
from meldingen.staffsite.site import site
from meldingen.tenancy.roles import Right


@admin.register(Export, site=site)
class ExportAdmin(ReadOnlyAdmin):
    """The newest first."""

    chapter = (Chapter.LOOK_UP, 4)
    purpose = _("Which lists were taken out as a file, and by whom.")
    view_right = Right.MANAGE
    fields = ("asked_at", "owner", "name", "kind", "total", "with_contact", "stage", "fetched_at")
    exclude = None
    list_display = ("asked_at", "owner", "name", "kind", "total", "with_contact", "stage", "fetched_at")
    list_filter = ("with_contact", "kind")
    list_select_related = ("owner",)
    ordering = ("-id",)
    search_fields = ("owner__username",)
