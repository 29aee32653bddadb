"""The looks of a municipality, from its own address: kept for ever under an address with a hash of what is there."""

from csp.constants import NONE
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from meldingen.tenancy import looks, themes
from meldingen.tenancy.logos import TYPES
from meldingen.tenancy.models import Logo, Municipality
from meldingen.tenancy.requests import municipality

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    """The theme. A page that was kept since an earlier one is sent on to that of now."""
    where = municipality(request)
    if not where.theme or digest != themes.digest(where.theme):
        return _sent_on(looks.stylesheet_address(where))
    return _for_ever(themes.stylesheet(where.theme).encode(), "text/css; charset=utf-8")


@require_safe
def logo(request: HttpRequest, name: str) -> HttpResponse:
    """The logo; what opens it by itself runs nothing in it."""
    where = municipality(request)
    if name != where.logo:
        return _sent_on(looks.logo_address(where))
    response = _for_ever(_content(where), TYPES[name.rpartition(".")[2]])
    response._csp_config = {"default-src": [NONE]}  # type: ignore[attr-defined]  # as csp.decorators does
    return response


def _content(where: Municipality) -> bytes:
    row = Logo.objects.of(where).first()
    if row is None:
        raise Http404
    return bytes(row.content)


def _for_ever(content: bytes, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = FOR_EVER
    return response


def _sent_on(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response["Cache-Control"] = "no-store"
    return response
