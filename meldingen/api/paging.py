"""A list in pages, with the addresses of the pages beside it in the header Link (RFC 8288)."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from meldingen.api.answers import WrongIn

R = TypeVar("R", bound=HttpResponse)


def page_of(rows: Sequence[Any], number: int, size: int) -> Sequence[Any]:
    """The rows of a page; WrongIn beyond the last one. The first page of an empty list is empty."""
    last = max(1, -(-len(rows) // size))
    if number > last:
        words = _("There is no page %(number)d. The last one is %(last)d.") % {"number": number, "last": last}
        raise WrongIn({"query": {"page": [ErrorDetail(words, "beyond_the_end")]}})
    return rows[(number - 1) * size : number * size]


def link_pages(response: R, request: Request, total: int, number: int, size: int) -> R:
    """The same answer, with the page before and the page after, where there are."""
    beside = [("prev", number - 1)] * (number > 1) + [("next", number + 1)] * (number * size < total)
    if beside:
        response["Link"] = ", ".join(f'<{_address(request, there)}>; rel="{name}"' for name, there in beside)
    return response


def _address(request: Request, number: int) -> str:
    parameters = request.query_params.copy()
    parameters["page"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")
