"""What an interface describes of itself: OpenAPI 3.1, in Dutch, made from the views that answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from meldingen.api.addresses import VERSION
from meldingen.api.problems import CONTENT_TYPE, titles
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.urls import absolute

_ANYWHERE = (400, 404, 406, 429, 500, 503)
_WITH_BODY = (409, 413, 415)


class Schema(AutoSchema):
    """How a view is described: by the name of its address, under the label that it carries."""

    def get_operation_id(self) -> str:
        """The name stays what it is when a class is renamed."""
        return str(getattr(self.view, "operation", super().get_operation_id()))

    def get_tags(self) -> list[str]:
        """What it is about."""
        return [str(getattr(self.view, "about", "meldingen"))]


@dataclass(frozen=True)
class Interface:
    """A root with its version in the address, and what is said of it."""

    root: str
    title: str | Promise
    words: str | Promise


def describing(interface: Interface, patterns: Sequence[URLPattern]) -> Callable[[HttpRequest], JsonResponse]:
    """The view of `openapi.json`: the description, with the address and contact of the municipality."""

    @cache
    def description() -> dict[str, Any]:
        with translation.override(settings.LANGUAGE_CODE):
            generator: Any = SchemaGenerator  # it has no types
            return _complete(generator(patterns=list(patterns)).get_schema(request=None, public=True), interface)

    @require_safe
    def view(request: HttpRequest) -> JsonResponse:
        here = municipality(request)
        contact = {"name": here.name, "email": here.contact_email, "url": absolute(here, "/")}
        whole = description()
        answer = whole | {
            "info": whole["info"] | {"contact": contact},
            "servers": [{"url": absolute(here, interface.root.rstrip("/"))}],
        }
        response = JsonResponse(answer)
        response["Cache-Control"] = "public, max-age=300"
        return response

    return view


def _complete(document: dict[str, Any], interface: Interface) -> dict[str, Any]:
    """With what every answer has: the version, and the problems."""
    components = document.setdefault("components", {})
    components["schemas"] = components.get("schemas", {}) | {"Problem": _problem_schema()}
    components["headers"] = {
        "API-Version": {"description": _("The version of this interface."), "schema": {"type": "string"}},
        "Retry-After": {"description": _("After how many seconds to try again."), "schema": {"type": "integer"}},
    }
    for path in document["paths"].values():
        for method, operation in path.items():
            _complete_operation(method, operation)
    document["info"] = {
        "title": str(interface.title),
        "description": str(interface.words),
        "version": VERSION,
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    }
    return document


def _complete_operation(method: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for response in responses.values():
        response.setdefault("headers", {})["API-Version"] = {"$ref": "#/components/headers/API-Version"}
        response["description"] = response.get("description") or _("As asked.")
    for status in (*_ANYWHERE, *(_WITH_BODY if method == "post" else ())):
        responses.setdefault(str(status), _problem_response(status))


def _problem_response(status: int) -> dict[str, Any]:
    headers = {"API-Version": {"$ref": "#/components/headers/API-Version"}}
    if status in (429, 503):
        headers["Retry-After"] = {"$ref": "#/components/headers/Retry-After"}
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": titles(status), "headers": headers, "content": content}


def _problem_schema() -> dict[str, Any]:
    text = {"type": "string"}
    where = {"type": "object", "properties": {"pointer": text, "name": text}}
    error = {
        "type": "object",
        "properties": {
            "in": {"type": "string", "enum": ["body", "query", "header", "path"]},
            "location": where,
            "code": text,
            "detail": text,
        },
        "required": ["in", "location", "code", "detail"],
    }
    return {
        "type": "object",
        "description": _("What is wrong (RFC 9457), with everything that is wrong at once in “errors”."),
        "properties": {
            "type": text,
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "errors": {"type": "array", "items": error},
        },
        "required": ["type", "title", "status", "detail"],
    }
