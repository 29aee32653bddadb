"""The catalogue for harvesters. What is not in it, they delete; so half of it, or an empty one, is never a 200."""

import logging

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meldingen.tenancy.requests import municipality
from opendata import dcat
from opendata.datasets.caveats import first_figures_in_words
from opendata.portal.absence import absent, unavailable
from opendata.portal.contents import FOR_A_WHILE
from opendata.registration import registration_of

logger = logging.getLogger(__name__)


@require_safe
def turtle(request: HttpRequest) -> HttpResponseBase:
    """DCAT-AP-NL 3.0 in Turtle; 503 when anything that belongs in it is missing, 404 before the first figures."""
    here = municipality(request)
    try:
        content = dcat.turtle(here)
    except dcat.NothingPublished:
        return absent(request, "ttl", first_figures_in_words(registration_of(here), timezone.localdate()))
    except dcat.CatalogueIncomplete as error:
        logger.exception("catalogue of %s is incomplete: %s", here.code, error)
        return unavailable(request, "ttl", _("The catalogue is not complete at this moment. Please try again later."))
    response = HttpResponse(content, content_type="text/turtle; charset=utf-8")
    response["Cache-Control"] = FOR_A_WHILE
    return response
