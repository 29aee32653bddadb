"""A file as HTTP gives it: its checksum as ETag, a part of it for who asks for a part, packed for who takes that."""

import re

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from whitenoise.responders import StaticFile

from opendata import versions
from opendata.formats import Kind

FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=300"
# A reader that says q=0 does not take it.
TAKES_PACKED = re.compile(r"(?:\bgzip\b|\*)(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)


def contents(request: HttpRequest, kind: Kind, name: str, sha256: str, file_name: str) -> HttpResponseBase:
    """The file of this name in the storage, `called` so for who saves it. OSError when the storage lacks it, FileBroken
    when its bytes are others than were written. A part is always a part of what is not packed.
    """
    part = request.headers.get("Range", "") if request.method == "GET" else ""
    gzip = None
    if kind.packs and not part and TAKES_PACKED.search(request.headers.get("Accept-Encoding", "")):
        gzip = versions.read_packed(name, sha256)
    content, etag = (versions.read(name, sha256), f'"{sha256}"') if gzip is None else (gzip, f'"{sha256}-gzip"')
    whole = HttpResponse(content, content_type=kind.content_type)
    whole["ETag"], whole["Accept-Ranges"] = etag, "bytes"
    whole["Content-Disposition"] = f'attachment; filename="{file_name}"'
    if gzip is not None:
        whole["Content-Encoding"] = "gzip"
    usual = get_conditional_response(request, etag=etag, response=whole) or whole
    answer = _part(request, whole, part, etag) if part and usual.status_code == 200 else usual
    if kind.packs:
        patch_vary_headers(answer, ["Accept-Encoding"])
    return answer


def _part(request: HttpRequest, whole: HttpResponse, range_header: str, etag: str) -> HttpResponse:
    """Of the bytes that were asked; all of them when several parts are asked, or parts of another version."""
    if request.headers.get("If-Range", etag) != etag:
        return whole
    size = len(whole.content)
    try:
        first, last = StaticFile.parse_byte_range(range_header)
    except ValueError:
        return whole
    first = max(first + size, 0) if first < 0 else first
    last = size - 1 if last is None else min(last, size - 1)
    if first > last:
        beyond = HttpResponse(status=416, content_type="text/plain; charset=utf-8")
        beyond["Content-Range"] = f"bytes */{size}"
        return beyond
    whole.status_code = 206
    whole.content = whole.content[first : last + 1]
    whole["Content-Range"] = f"bytes {first}-{last}/{size}"
    return whole
