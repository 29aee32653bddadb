"""The one base of every admin of the deployment: it shows and changes rows of the request's municipality only.

It knows no melding: opendata and analytics build their admins on it. A model needs a foreign key `municipality`, or
`municipality_path` says how a row's municipality is reached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Field, ForeignKey, JSONField, ManyToManyField, Model, Q, QuerySet
from django.forms import ModelChoiceField, ModelForm, ModelMultipleChoiceField, PasswordInput, SlugField
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext

from meldingen import texts
from meldingen.staffsite.changes import KeepsChanges
from meldingen.staffsite.chapters import Chapter, Place
from meldingen.staffsite.filters import ScopedRelatedFilter
from meldingen.tenancy.models import Municipality, OwnedQuerySet
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may

# Generic for the type checker only: at run time Django's classes take no parameters.
if TYPE_CHECKING:
    AnyModelForm = ModelForm[Any]
    AnyModelAdmin = admin.ModelAdmin[Any]
else:
    AnyModelForm = ModelForm
    AnyModelAdmin = admin.ModelAdmin

__all__ = ["ReadOnlyAdmin", "ScopedAdmin", "ScopedForm", "rows_of"]

_OF_A_RELATION = frozenset({"exact", "in", "isnull", "id__exact", "id__in", "pk__exact", "pk__in"})


def rows_of(rows: QuerySet[Any], where: Municipality) -> QuerySet[Any]:
    """The rows of `where`; none at all of a model that does not say whose its rows are."""
    if rows.model is Municipality:
        return rows.filter(pk=where.pk)
    return rows.of(where) if isinstance(rows, OwnedQuerySet) else rows.none()


class ScopedForm(AnyModelForm):
    """A form of a row that belongs to one municipality: a new row gets it before it is validated.

    `municipality` is set by ScopedAdmin.get_form. Unique constraints start with the municipality, so it takes part in
    validation although it is not a field of the form.
    """

    municipality: Municipality

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding and hasattr(type(self.instance), "municipality"):
            self.instance.municipality = self.municipality
        self._offer_what_is_in_use()

    def _offer_what_is_in_use(self) -> None:
        """What was retired is chosen for nothing new; a row keeps what it has."""
        for name, field in self.fields.items():
            rows = getattr(field, "queryset", None)
            if rows is not None and hasattr(rows.model, "successor"):
                own = getattr(self.instance, f"{name}_id", None)
                field.queryset = rows.filter(Q(is_active=True) | Q(pk=own))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Texts in one spelling; a password stays as it was typed."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in data.items():
            if isinstance(value, str) and not isinstance(self.fields[name].widget, PasswordInput):
                data[name] = texts.normal(value)
        return data

    def _get_validation_exclusions(self) -> set[str]:
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions - {"municipality"}


class ScopedAdmin(KeepsChanges, AnyModelAdmin):
    """Rows of the municipality of the request, for roles that have the right. Nothing is deleted unless said so."""

    form = ScopedForm
    exclude: ClassVar[tuple[str, ...] | None] = ("municipality",)
    municipality_path = "municipality"
    chapter: Place = (Chapter.LOOK_UP, 99)  # where it stands in the overview of settings, and what that says of it
    purpose: str | Promise = ""
    view_right: Right = Right.VIEW
    add_right: Right | None = Right.MANAGE
    change_right: Right | None = Right.MANAGE
    delete_right: Right | None = None
    list_per_page = 100
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The municipality's rows. List, change, history, delete, actions and autocomplete all start here."""
        return super().get_queryset(request).filter(**{self.municipality_path: municipality(request).pk})

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Django's list, under the name of what it lists."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Any]]:
        """The form, told whose row it makes."""
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"municipality": municipality(request)})

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Filters on a relation offer the municipality's rows only."""
        return [self._scoped_filter(item) for item in super().get_list_filter(request)]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Django's search, for words in the spelling in which texts are stored. Autocomplete asks it too."""
        return super().get_search_results(request, queryset, texts.clean(search_term))

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Whether the address of a list may ask this: only what the list's own filters, search and dates ask.

        Django allows every column of the model, also one that no page shows, a character at a time.
        """
        filters = [item[0] if isinstance(item, tuple | list) else item for item in self.list_filter]
        search = self.get_search_fields(request) if request else self.search_fields
        ways = (*filters, *search, self.date_hierarchy)
        names = [name.lstrip("^=@") for name in ways if isinstance(name, str)]
        own = {getattr(item, "parameter_name", None) for item in filters}  # such a filter decides what it takes
        return lookup in own or any(self._asks(lookup, name) for name in names)

    def _asks(self, lookup: str, name: str) -> bool:
        """Whether the lookup asks the column `name` itself, and goes from there to no column of another table."""
        if not lookup.startswith(f"{name}__"):
            return lookup == name
        model: type[Model] = self.model
        field: Any = None
        for part in name.split("__"):
            if isinstance(field, JSONField):
                break  # what follows is a name in it
            field = model._meta.get_field(part)
            model = field.related_model or model
        rest = lookup.removeprefix(f"{name}__")
        return rest in (_OF_A_RELATION if field.is_relation else field.get_lookups())

    def _scoped_filter(self, item: Any) -> Any:
        if not isinstance(item, str):
            return item
        model: type[Model] = self.model
        field: Any = None
        for part in item.split("__"):
            field = model._meta.get_field(part)
            model = field.related_model or model
        if field.is_relation:
            return (item, ScopedRelatedFilter)
        if "__" in item:  # Django would list that column of every municipality
            raise ImproperlyConfigured(f"{item}: a filter on a column of another table is not scoped")
        return item

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """Only rows of the municipality can be chosen, and posted."""
        kwargs["queryset"] = rows_of(self._choices(db_field, kwargs), municipality(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField[Any] | None:
        """Only rows of the municipality can be chosen, and posted."""
        kwargs["queryset"] = rows_of(self._choices(db_field, kwargs), municipality(request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @staticmethod
    def _choices(db_field: Field[Any, Any], kwargs: dict[str, Any]) -> QuerySet[Any]:
        choices: QuerySet[Any] | None = kwargs.get("queryset")
        if choices is not None:
            return choices
        other_model: Any = db_field.related_model
        rows: QuerySet[Any] = other_model._default_manager.all()
        return rows

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """Without the buttons beside a choice that open other rows in a window; a slug is called a code."""
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(formfield, ModelChoiceField) and isinstance(formfield.widget, RelatedFieldWidgetWrapper):
            formfield.widget = formfield.widget.widget
        if isinstance(formfield, SlugField):  # we call it a code
            formfield.error_messages["invalid"] = gettext(
                "Use only letters, digits, hyphens and underscores in a code."
            )
        return formfield

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """What is not ours does not exist, and that is said in the same way."""
        raise Http404

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the model is in the overview."""
        return may(request, self.view_right)

    def has_view_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """By role, never by Django's permissions."""
        return may(request, self.view_right) and self._is_ours(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """By role, never by Django's permissions."""
        return self.add_right is not None and may(request, self.add_right)

    def has_change_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """By role, never by Django's permissions."""
        return self.change_right is not None and may(request, self.change_right) and self._is_ours(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """By role, never by Django's permissions."""
        return self.delete_right is not None and may(request, self.delete_right) and self._is_ours(request, obj)

    def _is_ours(self, request: HttpRequest, obj: Any | None) -> bool:
        if obj is None:
            return True
        owner = obj.pk if isinstance(obj, Municipality) else getattr(obj, "municipality_id", None)
        return owner is None or owner == municipality(request).pk

    # Wider than Django 5.2 asks: on Python 3.12 and newer the type stubs hold us to the signature of Django 6.
    def get_actions(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Django's actions for those who may change something; a reader has none."""
        return super().get_actions(request, *args, **kwargs) if may(request, Right.HANDLE) else {}


class ReadOnlyAdmin(ScopedAdmin):
    """Rows to look at, whatever the role."""

    add_right = None
    change_right = None
    actions: Any = None
