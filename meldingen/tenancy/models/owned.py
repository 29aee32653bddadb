"""What makes a row one of a municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from meldingen.tenancy.models.municipality import Municipality

Row = TypeVar("Row", bound=models.Model, covariant=True)


class OwnedQuerySet(models.QuerySet[Row]):
    """Rows that know whose they are."""

    def of(self, municipality: Municipality | int | models.OuterRef | None) -> Self:
        """The rows of one municipality, of the one with this key, or of that of the row around a subquery. ValueError
        for None: a caller that has none must not get rows, or none, by mistake.
        """
        if municipality is None:
            raise ValueError(f"{self.model.__name__}: rows are asked for without saying of which municipality")
        return self.filter(municipality=municipality)

    def of_others(self, municipality: Municipality) -> Self:
        """The rows of every other municipality: only for what each shows to anybody: its border, its form."""
        return self.exclude(municipality=municipality)


class Owned(models.Model):
    """A row of one municipality. No index of its own: what is looked up together begins with it."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, related_name="+", db_index=False, verbose_name=_("municipality")
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True
