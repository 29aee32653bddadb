"""Pages of a list that may be long: counting stops at a cap, so that a page costs the same in a table of any size."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator

CAP = 2000

if TYPE_CHECKING:
    AnyPaginator = Paginator[Any]
else:
    AnyPaginator = Paginator


def capped_count(rows: Any) -> int:
    """The number of rows of a queryset, CAP + 1 where there are more."""
    counted: int = rows.order_by()[: CAP + 1].count()
    return counted


class CappedPaginator(AnyPaginator):
    """Counts at most CAP rows. Who needs row 2001 has filters and search."""

    @cached_property
    def _counted(self) -> int:
        return capped_count(self.object_list)

    @cached_property
    def count(self) -> int:
        """The number of rows, CAP where there are more."""
        return min(self._counted, CAP)

    @property
    def is_capped(self) -> bool:
        """Whether there are more than CAP rows."""
        return self._counted > CAP
