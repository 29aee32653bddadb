"""Routing rules, as rows that a manager changes; and the trained models, to look at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Exists, ForeignKey, Max, OuterRef, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldingen.categories.admin import CategoryAdmin
from meldingen.categories.fields import CategoryField
from meldingen.categories.models import Category
from meldingen.places.models import Area
from meldingen.routing.lost_rules import lost_rules
from meldingen.routing.models import RoutingRule
from meldingen.routing.trained import TrainedModelAdmin
from meldingen.staffsite.admin import ScopedAdmin, ScopedForm
from meldingen.staffsite.site import site
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right

__all__ = ["RoutingRuleAdmin", "TrainedModelAdmin"]

_NARROW = ("category", "area")
_TAKES_ALL = _(
    "Without a category and an area this rule takes every melding, and the rules after it are never tried. "
    "Choose a category or an area, or give this rule a number higher than %(last)d."
)


class AreaField(ModelChoiceField):  # type: ignore[type-arg]
    """An area by its name, with the year behind it when its borders are not those in use."""

    in_use: int | None = None

    def label_from_instance(self, obj: Any) -> str:
        """The same area of another year has the same name."""
        is_in_use = obj.vintage == self.in_use and not obj.is_retired
        return str(obj.name) if is_in_use else f"{obj.name} ({obj.vintage})"


class RoutingRuleForm(ScopedForm):
    """An area of former borders stays what it is when something else of its rule is changed. No rule hides another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("area")  # None for who may only look
        if field:
            field.in_use = self.municipality.area_vintage
        if field and self.instance.area_id:
            own = Area.objects.filter(pk=self.instance.area_id, municipality=self.municipality)
            field.queryset = field.queryset | own
            lost = next((each for each in lost_rules(self.municipality) if each.rule.pk == self.instance.pk), None)
            # Help texts are HTML to Django, and names of areas come from files.
            field.help_text = escape(lost.in_words()) if lost else field.help_text

    def clean_position(self) -> int:
        """A number of its own."""
        position: int = self.cleaned_data["position"]
        if self._others().filter(position=position).exists():
            raise ValidationError(_("Another rule has this number already. Choose another number."))
        return position

    def clean(self) -> dict[str, Any]:
        """Only the last rule in use may take every melding: those after it would never be tried."""
        super().clean()
        data = self.cleaned_data
        if data.get("is_active") and "position" in data and not any(data.get(name, True) for name in _NARROW):
            after = self._others().filter(is_active=True, position__gt=data["position"])
            last = after.aggregate(last=Max("position"))["last"]
            if last is not None:
                self.add_error("category", ValidationError(_TAKES_ALL, params={"last": last}))
        return data

    def _others(self) -> QuerySet[RoutingRule]:
        return RoutingRule.objects.filter(municipality=self.municipality).exclude(pk=self.instance.pk)


@admin.register(RoutingRule, site=site)
class RoutingRuleAdmin(ScopedAdmin):
    """The first rule that fits counts."""

    form = RoutingRuleForm
    delete_right = Right.MANAGE
    list_display = ("position", "category", "where", "team", "priority", "service_days", "is_active")
    list_display_links = ("position", "category")
    list_filter = ("is_active", "team", "priority")
    list_select_related = ("category", "area", "team")
    search_fields = ("category__name_nl", "area__name", "team__name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without borders of areas, but with whether the area of the rule is one in use."""
        here = municipality(request)
        same = Area.objects.in_use(here).filter(code=OuterRef("area__code"))
        rules: QuerySet[Any] = super().get_queryset(request).annotate(area_exists=Exists(same))
        return rules.defer("area__geometry", "area__ages")

    @admin.display(description=_("area"), ordering="area__name")
    def where(self, rule: RoutingRule) -> str:
        """The area, and whether new meldingen can still lie in it."""
        if rule.area is None:
            return "-"
        if getattr(rule, "area_exists", True):
            return rule.area.name
        return gettext("%(area)s: this area no longer exists") % {"area": rule.area.name}

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """Categories with their main one before them, and areas in the borders in use."""
        if db_field.name == "category":
            kwargs["queryset"] = Category.objects.select_related("parent").order_by(*CategoryAdmin.ordering)
            kwargs["form_class"] = CategoryField
        if db_field.name == "area":
            kwargs["form_class"] = AreaField
            in_use = Area.objects.in_use(municipality(request))
            kwargs["queryset"] = in_use.defer("geometry", "ages").order_by("-level", "name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
