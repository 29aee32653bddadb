"""The categories that people choose from."""

from django.db.models import QuerySet

from meldingen.categories.models import Category
from meldingen.tenancy.models import Municipality


def categories(municipality: Municipality) -> QuerySet[Category]:
    """The categories that a reporter may choose: in use, under a main category in use; by the name of both."""
    own = Category.objects.of(municipality).filter(is_active=True, parent__is_active=True)
    return own.select_related("parent").order_by("parent__name_texts__nl", "name_texts__nl")
