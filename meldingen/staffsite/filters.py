"""List filters that offer and accept the municipality's rows only."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin, RelatedFieldListFilter
from django.http import HttpRequest

from meldingen.tenancy.models import OwnedQuerySet
from meldingen.tenancy.requests import municipality


class ScopedRelatedFilter(RelatedFieldListFilter):
    """Django's filter on a relation, with the rows of the request's municipality."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        """Value and name of each row of the municipality, in the order that the admin of that model has."""
        other_model: Any = field.related_model
        rows = other_model._default_manager.all()
        rows = rows.of(municipality(request)) if isinstance(rows, OwnedQuerySet) else rows.none()
        ordering = self.field_admin_ordering(field, request, model_admin)
        return [(str(row.pk), str(row)) for row in (rows.order_by(*ordering) if ordering else rows)]
