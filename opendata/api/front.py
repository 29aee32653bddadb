"""The root of the interface: a page for who looks, the description for a program."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from meldingen.tenancy.requests import municipality
from opendata.figures.reading import Shelf


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """What can be asked here, with addresses that answer; who wants no page is sent to `openapi.json`."""
    if "text/html" in request.headers.get("Accept", ""):
        root_here = request.build_absolute_uri(reverse("data_api"))
        context = {"root": root_here, "newest": Shelf(municipality(request)).newest()}
        response: HttpResponse = render(request, "opendata/api.html", context)
    else:
        response = HttpResponseRedirect(reverse("data_api_openapi"))
    patch_vary_headers(response, ["Accept"])
    response["Cache-Control"] = "max-age=300"
    return response
