"""Requests that know their municipality, for type checkers and for those who read."""

from django.http import HttpRequest

from meldingen.tenancy.models import Municipality


def municipality(request: HttpRequest) -> Municipality:
    """The municipality of this request. Every request that passed the middleware has one."""
    where: Municipality = request.municipality  # type: ignore[attr-defined]
    return where
