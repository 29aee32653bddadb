"""Keeps what was changed on a page of settings: which row, which field, from what to what, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Manager, Model, QuerySet
from django.forms import FileField
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from meldingen.staffsite.audit_words import lines_of
from meldingen.tenancy import auditing
from meldingen.tenancy.models import AuditEntry, User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may

Kind = auditing.Kind
LONGEST = 120  # characters of a text
MOST_LINES = 200  # of one row
_Rows = tuple[Any, dict[str, Any], dict[str, Any]]  # a row, and its values before and after


class KeepsChanges:
    """For a ModelAdmin. It knows settings alone: no page of it holds what a resident wrote or left."""

    kind_when_added: auditing.Kind = Kind.SETTING_CHANGED
    kind_when_changed: auditing.Kind = Kind.SETTING_CHANGED
    kind_when_deleted: auditing.Kind = Kind.SETTING_CHANGED

    def target_of(self, row: Model) -> str:
        """By which code the row is known in the audit log."""
        return f"{row._meta.model_name}:{row.pk}"

    def codes_when_deleted(self, row: Model) -> dict[str, Any]:
        """What is kept of a row that goes."""
        return {"row": {"from": _plain(str(row)), "to": None}}

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """What was changed of one row, for who may change it: from the audit log, with old and new values."""
        model_admin: Any = self
        row = model_admin.get_object(request, object_id)
        if row is None:
            raise Http404
        if not (model_admin.has_change_permission(request, row) and may(request, Right.MANAGE)):
            raise PermissionDenied
        where, opts = municipality(request), row._meta
        kinds = {self.kind_when_added, self.kind_when_changed, Kind.SETTING_CHANGED}
        own = AuditEntry.objects.of(where).filter(target=self.target_of(row), kind__in=kinds).select_related("actor")
        names = (opts.app_label, opts.model_name)
        context = {
            **model_admin.admin_site.each_context(request),
            "title": str(row),
            "row": row,
            "opts": opts,
            "list_name": capfirst(str(opts.verbose_name_plural)),
            "list_url": reverse("admin:{}_{}_changelist".format(*names)),
            "row_url": reverse("admin:{}_{}_change".format(*names), args=[row.pk]),
            "lines": lines_of(where, list(own.order_by("-id")[:MOST_LINES]), {self.target_of(row): str(row)}),
            "days": where.audit_days,
        }
        return TemplateResponse(request, "staffsite/row_history.html", context)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[dict[str, dict[str, list[str]]]]:
        """Django's message; beside it the old and new values, in the transaction that stored them."""
        message: list[dict[str, dict[str, list[str]]]] = super().construct_change_message(  # type: ignore[misc]
            request, form, formsets, add
        )
        kind = self.kind_when_added if add else self.kind_when_changed
        before, after = _values(form, add=add)
        if isinstance(request.user, User):
            target, where = self.target_of(form.instance), municipality(request)
            auditing.keep_change(where, kind, request.user, target, before, after)
            for formset in formsets or ():
                self._keep_rows(request, request.user, formset)
        return message

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any] | Iterable[Any]) -> Any:
        """Django's line; beside it one of ours for each row."""
        rows = list(queryset)
        if isinstance(request.user, User):
            for row in rows:
                codes = self.codes_when_deleted(row)
                auditing.keep(municipality(request), self.kind_when_deleted, request.user, self.target_of(row), codes)
        return super().log_deletions(request, rows)  # type: ignore[misc]

    def _keep_rows(self, request: HttpRequest, user: User, formset: Any) -> None:
        """Rows that are changed on the page of another."""
        where = municipality(request)
        rows_out: list[_Rows] = [(row, {"row": _plain(str(row))}, {}) for row in formset.deleted_objects]
        new: list[_Rows] = [(row, {}, {"row": _plain(str(row))}) for row in formset.new_objects]
        other = [(form.instance, *_values(form, add=False)) for form in formset.initial_forms if form.has_changed()]
        pks_out = {row.pk for row, _before, _after in rows_out}
        for row, before, after in (*rows_out, *new, *(each for each in other if each[0].pk not in pks_out)):
            target = f"{row._meta.model_name}:{row.pk or ''}"
            auditing.keep_change(where, Kind.SETTING_CHANGED, user, target, before, after)


def _values(form: Any, *, add: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Of the columns that somebody changed, the old and the new values; no files, and no questions of the page."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    columns = {column.name for column in form.instance._meta.get_fields()}
    for name in form.changed_data:
        field = form.fields[name]
        if name not in form.cleaned_data or name not in columns or isinstance(field, FileField):
            continue
        if not add:
            before[name] = _plain(form.get_initial_for_field(field, name))
        after[name] = _plain(form.cleaned_data[name])
    return before, after


def _plain(value: Any) -> Any:
    """As JSON keeps it: rows by their id, texts cut."""
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
        case Decimal():
            return str(value.normalize())
        case datetime() | date():
            return value.isoformat()
        case Model():
            return value.pk
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case QuerySet() | Manager():
            return sorted(value.values_list("pk", flat=True), key=str)
        case list() | tuple() | set() | frozenset():
            return sorted((_plain(each) for each in value), key=str)
        case _:
            return _plain(str(value))
