"""Files of releases. The address of a period leads to its present version, and with a checksum to those very bytes."""

import logging
import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meldingen.tenancy.requests import municipality
from opendata import files, queries
from opendata.formats import FORMATS
from opendata.models import ReleaseFile

FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=300"
CHECKSUM = re.compile(r"[0-9a-f]{64}")

logger = logging.getLogger(__name__)


@require_safe
def download(request: HttpRequest, dataset: str, period: str, extension: str) -> HttpResponseBase:
    """A file as it was published, or 404; 503 while the storage lacks it.

    With ?sha256=... the version that has this checksum: bytes that never change and may be kept for ever. Without, the
    present one, which is another after a gap in the registration was declared.
    """
    here, sha256 = municipality(request), request.GET.get("sha256", "")
    if sha256 and not CHECKSUM.fullmatch(sha256):
        raise Http404
    found = queries.file(here, dataset, extension, period, sha256)
    if found is None:
        raise Http404
    etag = f'"{found.sha256}"'
    try:
        response = _whole(here.code, found)
    except (OSError, files.FilesDiffer):
        logger.exception("file %s not served", found.pk)
        return unavailable(_("This file is away for a moment. Please try again in a few minutes."))
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response) or response
    answer["Cache-Control"] = FOR_EVER if sha256 else FOR_A_WHILE
    return share(answer)


@require_safe
def latest(request: HttpRequest, dataset: str, extension: str) -> HttpResponseBase:
    """To the file of the newest period."""
    found = queries.file(municipality(request), dataset, extension)
    if found is None:
        raise Http404
    response = redirect("data_file", dataset=dataset, period=found.release.period, extension=extension)
    response["Cache-Control"] = FOR_A_WHILE
    return share(response)


def absent(words: str) -> HttpResponse:
    """404 with a word, not to be kept: it may be there tomorrow."""
    response = HttpResponse(words, status=404, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def unavailable(words: str) -> HttpResponse:
    """503 with a word, never to be kept."""
    response = HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = "300"
    response["Cache-Control"] = "no-store"
    return response


def share(response: HttpResponseBase) -> HttpResponseBase:
    """Let pages of other sites read it."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _whole(code: str, found: ReleaseFile) -> HttpResponse:
    made = FORMATS[found.format]
    response = HttpResponse(files.read(found), content_type=made.content_type)
    name = f"{code.lower()}-{found.release.dataset}-{found.release.period}.{made.name}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
