"""The catalogue for harvesters. What is not in it, they delete; so half of it, or an empty one, is never a 200."""

import logging

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meldingen.tenancy.requests import municipality
from opendata import dcat
from opendata.datasets.caveats import first_figures_in_words
from opendata.portal.absence import absent, reads_alone, unavailable
from opendata.portal.contents import FOR_A_WHILE
from opendata.registration import registration_of

logger = logging.getLogger(__name__)


@reads_alone
def catalogue(request: HttpRequest, extension: str) -> HttpResponseBase:
    """DCAT-AP-NL 3.0; 503 when anything that belongs in it is missing, 404 before the first figures."""
    here = municipality(request)
    try:
        content = dcat.catalogue(here, extension)
    except dcat.NothingPublished:
        return absent(request, extension, first_figures_in_words(registration_of(here), timezone.localdate()))
    except dcat.CatalogueIncomplete as error:
        logger.exception("catalogue of %s is incomplete: %s", here.code, error)
        words = _("The catalogue is not complete at this moment. Please try again later.")
        return unavailable(request, extension, words)
    response = HttpResponse(content, content_type=f"{dcat.MEDIA_TYPES[extension]}; charset=utf-8")
    response["Cache-Control"] = FOR_A_WHILE
    return response


@require_safe
def by_accept(request: HttpRequest) -> HttpResponseBase:
    """The catalogue as who asks can read it best; Turtle for who says nothing of that."""
    extensions = {media_type: extension for extension, media_type in dcat.MEDIA_TYPES.items()}
    best = request.get_preferred_type(list(extensions))
    response = catalogue(request, extensions.get(best or "", "ttl"))
    patch_vary_headers(response, ["Accept"])
    return response
