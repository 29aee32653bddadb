"""From the host of a request to its municipality."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.template.loader import render_to_string
from django.utils import timezone

from meldingen.tenancy.models import Municipality

# A balancer asks for health by address, not by the name of a municipality.
WITHOUT_MUNICIPALITY = frozenset({"/gezond"})


class MunicipalityMiddleware:
    """Put the municipality of the host on the request, and its time zone in force; 404 for a host that nobody has."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 404 in plain HTML, without any municipality's looks, when the host is unknown or malformed."""
        if request.path in WITHOUT_MUNICIPALITY:
            return self.get_response(request)
        municipality = municipality_of(request)
        if municipality is None:
            return HttpResponseNotFound(render_to_string("web/unknown_host.html"))
        request.municipality = municipality  # type: ignore[attr-defined]
        with timezone.override(municipality.time_zone):
            return self.get_response(request)


def municipality_of(request: HttpRequest) -> Municipality | None:
    """The municipality whose host this is: one query, exact match on the name without port and trailing dot."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return Municipality.objects.filter(hosts__name=name.lower().removesuffix(".")).first()
