"""Meldingen of confidential categories: for the team that has them, and for who has the right to see all."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from meldingen.categories.models import Category
from meldingen.record.models import Melding
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may, standing


def visible(request: HttpRequest, meldingen: QuerySet[Melding]) -> QuerySet[Melding]:
    """Those that the colleague of this request may see. Asks once per request which categories are confidential."""
    if may(request, Right.CONFIDENTIAL):
        return meldingen
    categories = _categories(request)
    own = standing(request).teams
    return meldingen.exclude(Q(category__in=categories) & ~Q(team__in=own)) if categories else meldingen


def _categories(request: HttpRequest) -> list[int]:
    """Ids of the confidential categories: also of those under a main category that is."""
    ids: list[int] | None = getattr(request, "_confidential", None)
    if ids is None:
        rows = Category.objects.of(municipality(request))
        confidential = rows.filter(Q(is_confidential=True) | Q(parent__is_confidential=True))
        ids = list(confidential.order_by("pk").values_list("pk", flat=True))
        request._confidential = ids  # type: ignore[attr-defined]
    return ids
