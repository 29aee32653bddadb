"""From what REST framework raises to a problem. What it does not know is left to the error pages."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, UnreadablePostError
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType, ValidationError
from rest_framework.views import exception_handler

from meldingen.api.problems import Wrong, problem

_BROKE_OFF = _("What you sent did not come in completely. Send it again.")
_JSON_ONLY = _("Send JSON, with the header Content-Type: application/json.")


class TooLarge(APIException):
    """413: the body is larger than DATA_UPLOAD_MAX_MEMORY_SIZE."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = format_lazy(
        _("This is too much at once. Send at most {megabytes} MB."),
        megabytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000,
    )
    default_code = "too_large"


class TooMany(APIException):
    """429: too much from one network; `wait` seconds later there is room again."""

    status_code = status.HTTP_429_TOO_MANY_REQUESTS
    default_code = "too_many"

    def __init__(self, words: str, wait: float) -> None:
        self.wait = wait
        super().__init__(words)


class WrongIn(ValidationError):
    """What is wrong, by where it stands: body, query, header. 400, or 409 for what is taken already."""

    def __init__(self, parts: Mapping[str, Any], *, taken: bool = False) -> None:
        super().__init__()
        self.parts = {where: detail for where, detail in parts.items() if detail}
        if taken:
            self.status_code = status.HTTP_409_CONFLICT


class NotHere(APIException):
    """404 with a word of its own: why it is not here, or when it will be."""

    status_code = status.HTTP_404_NOT_FOUND
    default_code = "not_found"

    def __init__(self, words: str | Promise) -> None:
        super().__init__(str(words))


def answer(exc: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The problem of an exception; None for what is no answer of ours, so that it is logged as a fault."""
    if isinstance(exc, RequestDataTooBig):
        exc = TooLarge()
    if isinstance(exc, UnreadablePostError):
        exc = ParseError(_BROKE_OFF)
    if isinstance(exc, UnsupportedMediaType):
        exc = UnsupportedMediaType("", getattr(context.get("view"), "other_type", _JSON_ONLY))
    usual = exception_handler(exc, context)  # also says which transaction is over
    if usual is None:
        return None
    errors = list(_wrong(exc)) if isinstance(exc, ValidationError) else []
    words = _count_in_words(errors) if errors else _sentence(usual.data)
    response = problem(usual.status_code, words, errors, wait=getattr(exc, "wait", None))
    for name in ("Allow", "WWW-Authenticate"):
        if name in usual.headers:
            response[name] = usual.headers[name]
    return response


def _count_in_words(errors: list[Wrong]) -> str:
    if len(errors) == 1:
        return errors[0].words
    return ngettext(
        "%(number)d thing is not right; “errors” names it.",
        "%(number)d things are not right; “errors” names them.",
        len(errors),
    ) % {"number": len(errors)}


def _sentence(data: Any) -> str:
    """The one sentence of what is not about a field."""
    return str(data["detail"]) if isinstance(data, dict) and "detail" in data else str(data)


def _wrong(exc: ValidationError) -> Iterator[Wrong]:
    parts = exc.parts if isinstance(exc, WrongIn) else {"body": exc.detail}
    for where, part in parts.items():
        for path, detail in _leaves(part, ()):
            place = "#/" + "/".join(path) if where == "body" else ".".join(path)
            yield Wrong(where, place, str(getattr(detail, "code", "invalid")), str(detail))


def _leaves(detail: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each word with the names that lead to it."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _leaves(inner, path if name == "non_field_errors" else (*path, str(name)))
    elif isinstance(detail, list):
        for inner in detail:
            yield from _leaves(inner, path)
    else:
        yield path, detail
