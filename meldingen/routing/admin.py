"""Routing rules, as rows that a manager changes; and the trained models, to look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.db.models import Exists, ForeignKey, OuterRef, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldingen import texts
from meldingen.categories.admin import CategoryAdmin
from meldingen.categories.fields import CategoryField
from meldingen.categories.models import Category, in_words
from meldingen.languages import offered
from meldingen.places.models import Area
from meldingen.routing import people
from meldingen.routing.dry_run_page import DryRunAdmin
from meldingen.routing.hiding import hidden_rules
from meldingen.routing.lost_rules import lost_rules
from meldingen.routing.models import RoutingRule
from meldingen.routing.term_changes import TermAdmin
from meldingen.routing.trained import TrainedModelAdmin
from meldingen.staffsite.admin import ScopedForm
from meldingen.staffsite.chapters import Chapter
from meldingen.staffsite.site import site
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right

__all__ = ["RoutingRuleAdmin", "TermCategoryAdmin", "TrainedModelAdmin"]

_CONDITIONS = ("category", "area", "asset_kind", "words", "channel")
_CONTENT = (*_CONDITIONS, "team", "person", "priority", "service_amount", "standard_text")
_SAYS_NOTHING = _("This rule says nothing. Choose a category, an area, a team, a term or a priority.")
_NEVER = _(
    "This rule would never be tried: rule %(first)d takes all that it is for. Give it a number below %(first)d, or "
    "choose a narrower category or area for rule %(first)d."
)
_NO_TEAM = _("Choose the team too: a colleague has it for a team.")
_NOT_IN_TEAM = _("%(person)s is not in the team %(team)s, or may not handle meldingen. Choose somebody of that team.")
_HIDES = _(
    "With this, rule %(later)d would never be tried: this rule takes all that it is for. Choose a category or an area, "
    "or give this rule a number above %(later)d."
)


class AreaField(ModelChoiceField):  # type: ignore[type-arg]
    """An area by its name, with the year behind it when its borders are not those in use."""

    in_use: int | None = None

    def label_from_instance(self, obj: Any) -> str:
        """The same area of another year has the same name."""
        is_in_use = obj.vintage == self.in_use and not obj.is_retired
        return str(obj.name) if is_in_use else f"{obj.name} ({obj.vintage})"


class PersonField(ModelChoiceField):  # type: ignore[type-arg]
    """A colleague by name."""

    def label_from_instance(self, obj: Any) -> str:
        """As other pages name them."""
        return people.name_of(obj)


class StandardTextField(ModelChoiceField):  # type: ignore[type-arg]
    """A standard text by its name, and with which act it is offered."""

    def label_from_instance(self, obj: Any) -> str:
        """Two may have one name, for another act each."""
        return f"{obj.name} ({obj.get_for_state_display()})"


class WordsField(SimpleArrayField):
    """Words with commas between them; commas too many are no words."""

    def to_python(self, value: Any) -> Any:
        """Without what is empty."""
        if isinstance(value, str):
            value = ",".join(word for word in value.split(",") if word.strip())
        return super().to_python(value)


class RoutingRuleForm(ScopedForm):
    """An area of former borders stays what it is when something else of its rule is changed. No rule hides another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("area")  # None for who may only look
        if field:
            field.in_use = self.municipality.area_vintage
        if field and self.instance.area_id:
            own = Area.objects.of(self.municipality).filter(pk=self.instance.area_id)
            field.queryset = field.queryset | own
            lost_rule = next((each for each in lost_rules(self.municipality) if each.rule.pk == self.instance.pk), None)
            # Help texts are HTML to Django, and names of areas come from files.
            field.help_text = escape(lost_rule.in_words()) if lost_rule else field.help_text

        if "person" in self.fields:  # who left stays to be read, and to be refused in words
            person: Any = self.fields["person"]
            person.queryset = people.in_teams(self.municipality, besides=self.instance.person_id)

    def clean_words(self) -> list[str]:
        """Each once."""
        return list(dict.fromkeys(texts.normal(word).strip() for word in self.cleaned_data["words"]))

    def clean_position(self) -> int:
        """A number of its own."""
        position: int = self.cleaned_data["position"]
        if self._others().filter(position=position).exists():
            raise ValidationError(_("Another rule has this number already. Choose another number."))
        return position

    def clean(self) -> dict[str, Any]:
        """No rule in use may hide another, and none may be hidden: it would never be tried."""
        super().clean()
        data = self.cleaned_data
        self._check_person(data)
        if not self.errors and RoutingRule(**{name: data[name] for name in _CONTENT}).says_nothing:
            raise ValidationError(_SAYS_NOTHING)
        if data.get("is_active") and {"position", *_CONDITIONS} <= data.keys():
            others = self._others().filter(is_active=True).select_related("category", "area__parent__parent")
            own = RoutingRule(
                pk=self.instance.pk or 0,
                position=data["position"],
                is_active=True,
                **{name: data[name] for name in _CONDITIONS},
            )
            before = self._hidden_before(others)
            for later, first in hidden_rules([own, *others]):
                if own.pk in (later.pk, first.pk) and (later.pk, first.pk) not in before:
                    numbers = {"later": later.position, "first": first.position}
                    words = _NEVER if later.pk == own.pk else _HIDES
                    self.add_error("category", ValidationError(words, params=numbers))
                    break
        return data

    def _check_person(self, data: dict[str, Any]) -> None:
        """Who gets it is of the team that has it."""
        person, team = data.get("person"), data.get("team")
        if person is None or "team" in self.errors:
            return
        if team is None:
            self.add_error("team", _NO_TEAM)
        elif not people.is_in(self.municipality, person, team):
            names = {"person": people.name_of(person), "team": team.name}
            self.add_error("person", ValidationError(_NOT_IN_TEAM, params=names))

    def _hidden_before(self, others: Iterable[RoutingRule]) -> set[tuple[int, int]]:
        """What this rule hid, or was hidden by, as it is stored: an import brought it, and that is said elsewhere. Its
        other parts can be changed, and it can be tried.
        """
        rows = RoutingRule.objects.filter(pk=self.instance.pk, is_active=True)
        own = list(rows.select_related("category", "area__parent__parent"))
        return {(later.pk, first.pk) for later, first in hidden_rules([*own, *others])} if own else set()

    def _others(self) -> QuerySet[RoutingRule]:
        return RoutingRule.objects.of(self.municipality).exclude(pk=self.instance.pk)


@admin.register(Category, site=site)
class TermCategoryAdmin(TermAdmin, CategoryAdmin):
    """Categories, with the question that a shorter term asks."""

    chapter = (Chapter.WORK, 1)
    purpose = _(
        "What a melding can be about: its words, its team, how soon it is to be done, and what the public sees of it."
    )


@admin.register(RoutingRule, site=site)
class RoutingRuleAdmin(DryRunAdmin):
    """The first rule that fits counts."""

    chapter = (Chapter.WORK, 2)
    purpose = _("Who gets what, where the category alone does not say it. Try a rule before you put it into use.")
    form = RoutingRuleForm
    fields = (
        "position", "category", "area", "asset_kind", "words", "channel", "team", "person", "priority",
        "service_amount", "service_unit", "standard_text", "is_active",
    )  # fmt: skip
    delete_right = Right.MANAGE
    list_display = (
        "position",
        "category",
        "where",
        "more",
        "team",
        "colleague",
        "priority",
        "service_level",
        "is_active",
    )
    list_display_links = ("position", "category")
    list_filter = ("is_active", "team", "priority", "category")
    list_select_related = ("category", "area", "asset_kind", "team", "person")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without borders of areas, but with whether the area of the rule is one in use."""
        here = municipality(request)
        same = Area.objects.in_use(here).filter(code=OuterRef("area__code"))
        rules: QuerySet[Any] = super().get_queryset(request).annotate(area_exists=Exists(same))
        return rules.defer("area__geometry", "area__ages")

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """The names of what it is about."""
        return (*(f"category__name_texts__{code}" for code in offered()), "area__name", "team__name")

    @admin.display(description=_("term"))
    def service_level(self, rule: RoutingRule) -> str:
        """The amount with its unit."""
        return in_words(rule.service_level)

    @admin.display(description=_("area"), ordering="area__name")
    def where(self, rule: RoutingRule) -> str:
        """The area, and whether new meldingen can still lie in it."""
        if rule.area is None:
            return "-"
        if getattr(rule, "area_exists", True):
            return rule.area.name
        return gettext("%(area)s: this area no longer exists") % {"area": rule.area.name}

    @admin.display(description=_("also"))
    def more(self, rule: RoutingRule) -> str:
        """Its other conditions."""
        return ", ".join(rule.more_conditions()) or "-"

    @admin.display(description=_("colleague"))
    def colleague(self, rule: RoutingRule) -> str:
        """Into whose hands it comes."""
        return people.name_of(rule.person) if rule.person else "-"

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Words as people type them; terms count from one."""
        if db_field.name == "words":
            kwargs["form_class"] = WordsField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "service_amount" and field is not None:
            field.min_value = field.widget.attrs["min"] = 1
            field.validators = [each for each in field.validators if getattr(each, "limit_value", 1) != 0]
        return field

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """Categories with their main one before them, and areas in the borders in use."""
        if db_field.name == "category":
            kwargs["queryset"] = Category.objects.select_related("parent").order_by(*CategoryAdmin.ordering)
            kwargs["form_class"] = CategoryField
        if db_field.name == "person":
            kwargs["form_class"] = PersonField
        if db_field.name == "standard_text":
            kwargs["form_class"] = StandardTextField
        if db_field.name == "area":
            kwargs["form_class"] = AreaField
            in_use = Area.objects.in_use(municipality(request))
            kwargs["queryset"] = in_use.defer("geometry", "ages").order_by("-level", "name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
