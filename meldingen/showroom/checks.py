"""DEMO=on lets anybody in as anybody: never beside a town that is not invented."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError

from meldingen.tenancy.models import Municipality


def check_demo(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """System check of the database: an error where a real municipality stands beside the open door."""
    if not settings.DEMO or not databases:
        return []
    try:
        real = list(Municipality.objects.filter(is_invented=False).order_by("name").values_list("name", flat=True)[:3])
    except DatabaseError:  # not migrated yet: there is none
        return []
    if not real:
        return []
    return [
        checks.Error(
            f"DEMO is on, and {', '.join(real)} is not invented: anybody could sign in there as anybody.",
            hint="Set DEMO=off, or run the demonstration on a database of its own.",
            id="meldingen.E003",
        )
    ]
