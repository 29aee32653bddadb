"""Pages of the public read as a role of the database that can see no melding, no reporter and no colleague.

A mistake in such a page is then an error, and not a leak: docs/adr/0026-three-database-roles.md. What only gives files
asks the database nothing, which costs less and shows even less.
"""

from collections.abc import Callable, Collection, Sequence
from functools import wraps
from typing import Any, NoReturn

from django.db import connection
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver

from meldingen.tenancy.as_public import reading_as_public

View = Callable[..., HttpResponseBase]


class AskedDatabase(Exception):
    """A view that only gives files asked the database something."""


def read_as_public(view: View) -> View:
    """The view, in a transaction of that role."""

    @wraps(view)
    def reading(*args: Any, **kwargs: Any) -> HttpResponseBase:
        with reading_as_public():
            return view(*args, **kwargs)

    reading.reads_as_public = True  # type: ignore[attr-defined]
    return reading


def ask_nothing(view: View) -> View:
    """The view, without the database: no transaction, no role, and AskedDatabase when it asks all the same."""

    @wraps(view)
    def asking_nothing(*args: Any, **kwargs: Any) -> HttpResponseBase:
        with connection.execute_wrapper(_refuse):
            return view(*args, **kwargs)

    asking_nothing.asks_nothing = True  # type: ignore[attr-defined]
    return asking_nothing


def all_read_as_public(
    addresses: tuple[Any, str | None, str | None], *, but: Collection[str] = (), asking_nothing: Collection[str] = ()
) -> tuple[list[URLPattern], str | None, str | None]:
    """What `include` found, each of its views reading as the public, `but` those with these names; those with names in
    `asking_nothing` have no database at all.

    TypeError for addresses that include others.
    """
    module, app, namespace = addresses
    patterns = [_wrap(pattern, but, asking_nothing) for pattern in _patterns(module)]
    return patterns, app, namespace


def _refuse(*_question: Any) -> NoReturn:
    raise AskedDatabase("this view gives files and asks the database nothing")


def _patterns(module: Any) -> Sequence[URLPattern | URLResolver]:
    patterns: Sequence[URLPattern | URLResolver] = module.urlpatterns
    return patterns


def _wrap(pattern: URLPattern | URLResolver, but: Collection[str], asking_nothing: Collection[str]) -> URLPattern:
    if not isinstance(pattern, URLPattern):
        raise TypeError(f"{pattern} includes others: wrap those")
    if pattern.name in but:
        return pattern
    wrap = ask_nothing if pattern.name in asking_nothing else read_as_public
    return URLPattern(pattern.pattern, wrap(pattern.callback), pattern.default_args, pattern.name)
