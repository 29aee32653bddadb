"""Rows of the desk in the settings: standard texts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meldingen.handling.models import StandardText
from meldingen.staffsite.admin import ScopedAdmin
from meldingen.staffsite.chapters import Chapter
from meldingen.staffsite.site import site
from meldingen.tenancy.roles import Right


@admin.register(StandardText, site=site)
class StandardTextAdmin(ScopedAdmin):
    """Texts that are sent often; what has a blank that nothing fills in is refused."""

    chapter = (Chapter.WORDS, 2)
    purpose = _("Answers that are sent often, with blanks that are filled in.")
    delete_right = Right.MANAGE
    list_display = ("name", "for_state", "category", "is_active")
    list_filter = ("for_state", "is_active", "category")
    list_select_related = ("category",)
    ordering = ("for_state", "name")

    def formfield_for_dbfield(self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """With how to leave something open for the colleague who sends it."""
        if db_field.name == "text_texts":
            gap = _("Three underscores (___) are for the colleague to fill in: with them in it nothing is sent.")
            kwargs["help_text"] = format_lazy("{} {}", db_field.help_text, gap)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
