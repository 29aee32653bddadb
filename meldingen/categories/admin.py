"""Categories, as rows that a manager changes."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F, ForeignKey
from django.db.models.functions import Coalesce
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from meldingen.categories.models import Category, in_words
from meldingen.languages import offered
from meldingen.staffsite.admin import ScopedAdmin, ScopedForm

_NUMBERS = ("prompt_after_hours", "map_after_hours", "nearby_metres", "nearby_days")


class CategoryForm(ScopedForm):
    """Two levels, and no more."""

    def clean_parent(self) -> Category | None:
        """A main category with others under it stays a main category."""
        parent: Category | None = self.cleaned_data["parent"]
        if parent is None:
            return None
        if parent.pk == self.instance.pk:
            raise ValidationError(_("A category cannot stand under itself."))
        if self.instance.pk and Category.objects.filter(parent_id=self.instance.pk).exists():
            raise ValidationError(_("There are categories under this one, so it stays a main category."))
        return parent

    def clean(self) -> dict[str, Any]:
        """What shows single meldingen says by which decision; a number that was emptied stays."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("is_active"):  # it is itself again
            self.instance.successor = None
        values |= {name: getattr(self.instance, name) for name in _NUMBERS if name in values and values[name] is None}
        if values.get("public_as") == Category.PublicAs.KAART:
            if not values.get("decision"):
                self.add_error("decision", _("Say which decision lets everybody see place and day."))
            if not values.get("decided_on") and "decided_on" not in self.errors:
                self.add_error("decided_on", _("Say on which day that was decided."))
        if values.get("elsewhere_texts") and not (values.get("elsewhere_url") or values.get("elsewhere_phone")):
            self.add_error("elsewhere_url", _("Fill in the page or the telephone number where they take it in."))
        return values


class CategoryAdmin(ScopedAdmin):
    """Categories are put out of use, not deleted: old meldingen keep theirs.

    `routing.admin` brings it into the staff site: there it is known what a term does to open meldingen.
    """

    form = CategoryForm
    change_form_template = "categories/category.html"
    change_list_template = "categories/categories.html"
    list_display = ("name", "parent", "default_team", "service_level", "is_active")
    list_filter = ("is_active", "default_team", "public_as")
    list_select_related = ("parent", "default_team")
    prepopulated_fields = {"slug": ("name_texts",)}
    # Main categories, each followed by those under it.
    ordering = (
        Coalesce("parent__name_texts__nl", "name_texts__nl"),
        F("parent__name_texts__nl").asc(nulls_first=True),
        "name_texts__nl",
    )
    actions = None
    fieldsets = (
        (None, {"fields": ("parent", "name_texts", "slug", "subject", "is_active")}),
        (_("Handling"), {"fields": ("default_team", ("service_amount", "service_unit"), "is_confidential")}),
        (_("What the reporter reads"), {"fields": ("guidance_texts",)}),
        (
            _("Not ours"),
            {"fields": ("elsewhere_texts", ("elsewhere_url", "elsewhere_phone"), "is_only_elsewhere")},
        ),
        (
            _("Open data"),
            {
                "fields": ("public_as", ("decided_on", "decision"), ("prompt_after_hours", "map_after_hours")),
                "description": _(
                    "“Place and day on the map” shows single meldingen of this category to everybody, without the "
                    "protection of the figures: kind, day, state, the number of the object, and a place rounded to 50 "
                    "metres; never words or people. Who is about to report the same sees them. It holds for meldingen "
                    "received after the decision and after this change, and for those of which somebody or something "
                    "sure says the category."
                ),
            },
        ),
        (_("Reported twice"), {"fields": (("nearby_metres", "nearby_days"),)}),
    )

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Its code, and its name in each language of the site."""
        return (*(f"name_texts__{code}" for code in offered()), "slug")

    @admin.display(description=_("name"), ordering="name_texts__nl")
    def name(self, category: Category) -> str:
        """In the language of the colleague."""
        return category.name

    @admin.display(description=_("service level"))
    def service_level(self, category: Category) -> str:
        """The amount with its unit."""
        return in_words(category.service_level)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """Only a main category can have others under it."""
        if db_field.name == "parent":
            kwargs["queryset"] = Category.objects.filter(parent=None).order_by("name_texts__nl")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
