"""Words of the municipality's own for who asks for what a report cannot give."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from meldingen.staffsite.admin import ScopedAdmin
from meldingen.staffsite.chapters import Chapter
from meldingen.staffsite.site import site
from meldingen.tenancy.models import FormalText
from meldingen.tenancy.roles import Right


@admin.register(FormalText, site=site)
class FormalTextAdmin(ScopedAdmin):
    """At most one row for each; without one the words are those of every town."""

    chapter = (Chapter.WORDS, 3)
    purpose = _("Where objections, claims, complaints and requests for documents belong in this municipality.")
    delete_right = Right.MANAGE
    list_display = ("about", "url")
    ordering = ("about",)
