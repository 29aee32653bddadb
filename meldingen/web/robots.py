"""What search engines read first: robots.txt, from the address that the municipality calls its own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from meldingen.tenancy.requests import municipality
from meldingen.tenancy.urls import absolute


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where the map of the pages is. What they may not keep, each page says itself; 404 for who has no host at all."""
    try:
        sitemap = absolute(municipality(request), reverse("data_sitemap"))
    except ValueError as error:
        raise Http404 from error
    lines = ["User-agent: *", "Disallow: /beheer/", "", f"Sitemap: {sitemap}", ""]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response
