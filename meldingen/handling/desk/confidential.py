"""Meldingen of confidential categories: for the team that has them, and for who has the right to see all."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from meldingen.categories.models import Category
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, Standing, may, standing


def visible(request: HttpRequest, meldingen: QuerySet[Melding]) -> QuerySet[Melding]:
    """Those that the colleague of this request may see. Asks once per request which categories are confidential."""
    if may(request, Right.CONFIDENTIAL):
        return meldingen
    ids: list[int] | None = getattr(request, "_confidential", None)
    if ids is None:
        ids = _categories(municipality(request))
        request._confidential = ids  # type: ignore[attr-defined]
    return _without(meldingen, ids, standing(request))


def visible_to(reader: Standing, where: Municipality, meldingen: QuerySet[Melding]) -> QuerySet[Melding]:
    """Those that somebody with this standing may see, without a request."""
    if Right.CONFIDENTIAL in reader.rights:
        return meldingen
    return _without(meldingen, _categories(where), reader)


def _without(meldingen: QuerySet[Melding], categories: list[int], reader: Standing) -> QuerySet[Melding]:
    own = reader.teams
    return meldingen.exclude(Q(category__in=categories) & ~Q(team__in=own)) if categories else meldingen


def _categories(where: Municipality) -> list[int]:
    """Ids of the confidential categories: also of those under a main category that is."""
    rows = Category.objects.of(where)
    confidential = rows.filter(Q(is_confidential=True) | Q(parent__is_confidential=True))
    return list(confidential.order_by("pk").values_list("pk", flat=True))
