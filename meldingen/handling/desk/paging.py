"""Pages of a list that may be long, so that a page costs the same in a table of any size.

Counting stops at a cap, and the rows of a page are found by what an index holds before any of them is read.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.http import HttpRequest

CAP = 2000

if TYPE_CHECKING:
    AnyPaginator = Paginator[Any]
else:
    AnyPaginator = Paginator


def capped_count(rows: Any) -> int:
    """The number of rows of a queryset, CAP + 1 where there are more."""
    number: int = rows.order_by()[: CAP + 1].count()
    return number


class CappedPaginator(AnyPaginator):
    """Counts at most CAP rows. Who needs row 2001 has filters and search."""

    @cached_property
    def _count(self) -> int:
        return capped_count(self.object_list)

    @cached_property
    def count(self) -> int:
        """The number of rows, CAP where there are more."""
        return min(self._count, CAP)

    @property
    def is_capped(self) -> bool:
        """Whether there are more than CAP rows."""
        return self._count > CAP


class IndexedList(ChangeList):
    """Finds the ids of a page first. With whole rows the database walks the table for a filter that finds little."""

    def get_results(self, request: HttpRequest) -> None:
        """As Django does, with one query for the ids and one for the rows."""
        super().get_results(request)
        ids = list(self.result_list.values_list("pk", flat=True)[: self.list_per_page])
        self.result_list = self.queryset.filter(pk__in=ids)
