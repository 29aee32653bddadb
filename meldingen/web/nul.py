"""No NUL comes in: no text of PostgreSQL holds one, so what asks or stores it would fail in some door or other."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase

from meldingen.strictjson import NUL, find_nul

_WITH_FILES, _FORM = "multipart/form-data", "application/x-www-form-urlencoded"


class NulMiddleware:
    """Answers 400 to a NUL in the path, query, headers, cookies or body. What is in a file is for who reads that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at all but the body, before a session is looked up or anything is asked by what was sent."""
        headers = (value for value in request.META.values() if isinstance(value, str))
        _refuse((request.path_info, *headers, *request.COOKIES.values(), *_texts(request.GET)))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Look at the body. That of an API its parser looks at, once the limit has counted who sent it."""
        if hasattr(view, "cls"):  # as REST framework marks its views
            return
        # Whoever breaks off reads no answer: their form is empty, as Django has it, and has no token.
        with suppress(UnreadablePostError):
            _refuse_body(request)


def _texts(values: QueryDict) -> Iterable[str]:
    for name, each in values.lists():
        yield name
        yield from map(str, each)


def _refuse_body(request: HttpRequest) -> None:
    if request.method == "POST" and request.content_type == _WITH_FILES:
        _refuse((*_texts(request.POST), *request.FILES))  # taken apart as it comes: photos do not fit in memory
        return
    text = _body(request)  # before it is taken apart: whoever comes after us can read it again
    if request.method == "POST" and request.content_type == _FORM:
        _refuse(_texts(request.POST))
    elif find_nul(text):
        raise BadRequest("a NUL in the body")


def _body(request: HttpRequest) -> str:
    """The body as its reader will decode it. What cannot be decoded no reader takes."""
    try:
        return request.body.decode(request.encoding or "utf-8")
    except (LookupError, UnicodeError):
        return ""


def _refuse(texts: Iterable[str]) -> None:
    if any(NUL in text for text in texts):
        raise BadRequest("a NUL in what was sent")
