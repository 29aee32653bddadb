"""Every 4xx and 5xx that programs read: application/problem+json (RFC 9457), with all that is wrong at once.

The list `errors` is what the Dutch API Design Rules ask for: where it stands, at which place, a code and words.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONTENT_TYPE = "application/problem+json"

_TITLES: dict[int, Promise] = {
    400: _("This request is not right"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Not possible at this address"),
    406: _("Not in that format"),
    409: _("This key was used before"),
    413: _("Too large"),
    415: _("Not in this format"),
    429: _("Too much at once"),
    500: _("Our fault"),
    503: _("Not available at this moment"),
}


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong. `where`: body, query, header or path; `place`: a JSON pointer in a body, else a name."""

    where: str
    place: str
    code: str
    words: str

    def as_json(self) -> dict[str, Any]:
        """As it is sent."""
        location = {"pointer" if self.where == "body" else "name": self.place}
        return {"in": self.where, "location": location, "code": self.code, "detail": self.words}


def titles(status: int) -> str:
    """What a status is called, in the language of the reader."""
    return str(_TITLES.get(status, _TITLES[500 if status >= 500 else 400]))


def problem(status: int, words: str, wrong: Iterable[Wrong] = (), *, wait: float | None = None) -> JsonResponse:
    """The answer. `wait`: after how many seconds it is worth trying again."""
    body: dict[str, Any] = {"type": "about:blank", "title": titles(status), "status": status, "detail": words}
    errors = [one.as_json() for one in wrong]
    if errors:
        body["errors"] = errors
    response = JsonResponse(body, status=status, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    if wait is not None:
        response["Retry-After"] = str(math.ceil(wait))
    return response
