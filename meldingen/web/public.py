"""Pages of the public read as a role of the database that can see no melding, no reporter and no colleague.

A mistake in such a page is then an error, and not a leak: docs/adr/0026-three-database-roles.md.
"""

from collections.abc import Callable, Collection, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver

View = Callable[..., HttpResponseBase]


def read_as_public(view: View) -> View:
    """The view, in a transaction of that role. It ends in a rollback: there is nothing to keep, and whoever called us
    in a transaction of their own gets their role back.
    """

    @wraps(view)
    def reading(*args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_PUBLIC_ROLE)}")
            response = view(*args, **kwargs)
            transaction.set_rollback(True)
        return response

    reading.reads_as_public = True  # type: ignore[attr-defined]
    return reading


def all_read_as_public(
    included: tuple[Any, str | None, str | None], *, but: Collection[str] = ()
) -> tuple[list[URLPattern], str | None, str | None]:
    """What `include` found, each of its views reading as the public, `but` those with these names.

    TypeError for addresses that include others.
    """
    module, app, namespace = included
    wrapped = [_wrapped(pattern, but) for pattern in _patterns(module)]
    return wrapped, app, namespace


def _patterns(module: Any) -> Sequence[URLPattern | URLResolver]:
    found: Sequence[URLPattern | URLResolver] = module.urlpatterns
    return found


def _wrapped(pattern: URLPattern | URLResolver, but: Collection[str]) -> URLPattern:
    if not isinstance(pattern, URLPattern):
        raise TypeError(f"{pattern} includes others: wrap those")
    if pattern.name in but:
        return pattern
    return URLPattern(pattern.pattern, read_as_public(pattern.callback), pattern.default_args, pattern.name)
