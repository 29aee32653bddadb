"""Questions of categories, as rows that a manager changes."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from meldingen.categories.admin import CategoryAdmin
from meldingen.categories.fields import CategoryField
from meldingen.categories.models import Category
from meldingen.languages import offered
from meldingen.questions import changing
from meldingen.questions.models import Question
from meldingen.staffsite.admin import ScopedAdmin
from meldingen.staffsite.chapters import Chapter
from meldingen.staffsite.site import site


@admin.register(Question, site=site)
class QuestionAdmin(ScopedAdmin):
    """Questions are put out of use, not deleted: old answers keep theirs."""

    chapter = (Chapter.WORDS, 1)
    purpose = _("What a category asks a reporter besides, and whether an answer is needed.")
    list_display = ("question", "category", "kind", "is_required", "position", "is_active")
    list_display_links = ("question",)
    list_filter = ("is_active", "kind", "category")
    list_select_related = ("category",)
    prepopulated_fields = {"slug": ("question_texts",)}
    readonly_fields = ("version",)
    ordering = ("category__slug", "position", "id")
    actions = None
    fieldsets = (
        (None, {"fields": ("category", "question_texts", "slug", "hint_texts")}),
        (
            _("Answer"),
            {
                "fields": ("kind", "choice_texts", "is_required"),
                "description": _(
                    "Other words, another kind or other choices make a new version: answers that are there keep the "
                    "words that they were given to."
                ),
            },
        ),
        (_("On the page"), {"fields": ("position", "is_active", "version")}),
    )

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Its words in each language of the site, and its code."""
        return (*(f"question_texts__{code}" for code in offered()), "slug")

    @admin.display(description=_("question"), ordering="question_texts__nl")
    def question(self, question: Question) -> str:
        """In the language of the colleague."""
        return str(question.question_texts)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """Both levels, a main category before those under it."""
        if db_field.name == "category":
            kwargs["queryset"] = Category.objects.select_related("parent").order_by(*CategoryAdmin.ordering)
            kwargs["form_class"] = CategoryField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Question, form: Any, change: bool) -> None:
        """With the next version where it asks something else."""
        changing.save(obj)
