"""Files: of one release, of the whole history of a dataset, of the areas. The address without a checksum leads to the
present version, and with one to those very bytes.
"""

import logging
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meldingen.tenancy.requests import municipality
from opendata import histories, maps, queries, versions
from opendata.formats import FORMATS, HISTORY_FORMATS, MAP_FORMATS, Kind, csvw
from opendata.portal.absence import absent, no_release, reads_alone, unavailable
from opendata.portal.contents import FOR_A_WHILE, FOR_EVER, contents
from opendata.registration import registration_of
from opendata.taken import count

CHECKSUM = re.compile(r"[0-9a-f]{64}")
METADATA = "-metadata.json"

logger = logging.getLogger(__name__)


@reads_alone
@count
def download(request: HttpRequest, dataset: str, period: str, extension: str) -> HttpResponseBase:
    """A file as it was published, or 404; 503 while the storage lacks it."""
    here, sha256 = municipality(request), request.GET.get("sha256", "")
    if sha256 and not CHECKSUM.fullmatch(sha256):
        return _unknown_checksum(request, extension)
    file = queries.file(here, dataset, extension, period, sha256)
    if file is None:
        return _unknown_checksum(request, extension) if sha256 else no_release(request, dataset, period, extension)
    file_name = f"{here.code.lower()}-{dataset}-{period}.{extension}"
    return _answer(request, FORMATS[extension], file.name, file.sha256, file_name, is_known=True)


@require_safe
def files(request: HttpRequest, dataset: str) -> HttpResponseBase:
    """The page with the files of every period of a dataset."""
    here = municipality(request)
    public = queries.dataset(here, registration_of(here), dataset)
    if public is None:
        return absent(request, "html", _("There is no such dataset here. The list of datasets is at /data/."))
    return render(request, "opendata/files.html", {"found": public, "dataset": public.dataset, "latest": public.latest})


@reads_alone
@count
def history(request: HttpRequest, dataset: str, extension: str) -> HttpResponseBase:
    """Every period of a dataset. Where it lies is asked of no database."""
    here = municipality(request)
    file_name = f"{here.code.lower()}-{dataset}-{histories.NAME}.{extension}"
    return _newest(
        request,
        HISTORY_FORMATS[extension],
        lambda: histories.read(here, dataset),
        lambda sha256: histories.name_of(here, dataset, sha256, extension),
        file_name,
    )


@reads_alone
@count
def areas(request: HttpRequest, vintage: int, extension: str) -> HttpResponseBase:
    """The areas of one year of borders."""
    here = municipality(request)
    return _newest(
        request,
        MAP_FORMATS[extension],
        lambda: maps.read(here, vintage),
        lambda sha256: maps.name_of(here, vintage, sha256, extension),
        f"{here.code.lower()}-gebieden-{vintage}.{extension}",
    )


@reads_alone
def latest(request: HttpRequest, dataset: str, extension: str) -> HttpResponseBase:
    """To the file of the newest period."""
    file = queries.file(municipality(request), dataset, extension)
    if file is None:
        return absent(request, extension, _("There is no such file here. The list of datasets is at /data/."))
    response = redirect("data_file", dataset=dataset, period=file.release.period, extension=extension)
    response["Cache-Control"] = FOR_A_WHILE
    return response


@reads_alone
def metadata(request: HttpRequest, dataset: str, which: str) -> HttpResponseBase:
    """What the CSV beside it holds, as CSV on the Web says that: of a period, or of the whole history (`alles`)."""
    here = municipality(request)
    public = queries.dataset(here, registration_of(here), dataset)
    if public is None or (which != histories.NAME and which not in {one.release.period for one in public.releases}):
        return absent(request, "json", _("There is no such file here. The list of datasets is at /data/."))
    description = csvw.describe(public.dataset, f"{which}.csv", here.publisher_name)
    response = JsonResponse(description, json_dumps_params={"ensure_ascii": False}, content_type=csvw.MEDIA_TYPE)
    response["Cache-Control"] = FOR_A_WHILE
    return response


def _newest(
    request: HttpRequest,
    kind: Kind,
    read_pointer: Callable[[], versions.Pointer | None],
    name_of: Callable[[str], str],
    file_name: str,
) -> HttpResponseBase:
    sha256 = request.GET.get("sha256", "")
    if sha256:
        if not CHECKSUM.fullmatch(sha256):
            return _unknown_checksum(request, kind.name)
        return _answer(request, kind, name_of(sha256), sha256, file_name, is_known=False)
    try:
        pointer = read_pointer()
        file = None if pointer is None else pointer.files[kind.name]
    except (versions.PointerBroken, KeyError):  # or it names no file of this format yet
        logger.exception("%s not served", file_name)
        return _away(request, kind.name)
    if file is None:
        return absent(request, kind.name, _("There is no such file here. The list of datasets is at /data/."))
    return _answer(request, kind, file.name, file.sha256, file_name, is_known=True)


def _answer(
    request: HttpRequest, kind: Kind, name: str, sha256: str, file_name: str, is_known: bool
) -> HttpResponseBase:
    """The file; 503 while the storage lacks one that is known to exist."""
    try:
        response = contents(request, kind, name, sha256, file_name)
    except (OSError, versions.FileBroken) as error:
        if isinstance(error, FileNotFoundError) and not is_known:
            return _unknown_checksum(request, kind.name)
        logger.exception("file %s not served", name)
        return _away(request, kind.name)
    response["Cache-Control"] = FOR_EVER if request.GET.get("sha256") else FOR_A_WHILE
    if kind.name == "csv":
        response["Link"] = f'<{request.path}{METADATA}>; rel="describedby"; type="{csvw.MEDIA_TYPE}"'
    return response


def _away(request: HttpRequest, extension: str) -> HttpResponseBase:
    return unavailable(request, extension, _("This file is away for a moment. Please try again in a few minutes."))


def _unknown_checksum(request: HttpRequest, extension: str) -> HttpResponseBase:
    words = _("No file of this address has that checksum. Leave it out of the address to get the present file.")
    return absent(request, extension, words)
