"""The addresses under /api/v1/. Everything is scoped to the municipality of the host."""

import math
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from meldingen.categories import choices
from meldingen.categories.models import Category
from meldingen.intake import submission
from meldingen.intake.api.serializers import UNKNOWN_BUURT, UNKNOWN_CATEGORY, MeldingSerializer
from meldingen.languages import offered
from meldingen.limits.rules import TOO_MANY, wait_for_api
from meldingen.limits.senders import sender_of
from meldingen.notifications.views import keep_private
from meldingen.places import areas
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.tenancy.requests import municipality

# Where in the body a refusal of intake belongs.
_FIELDS = {
    "text": ("text",),
    "category_slug": ("category",),
    "pin": ("place", "pin"),
    "buurt_code": ("place", "buurt"),
    "submission_key": ("submission_key",),
}
# Where those of the form say "the list", a program hears its address.
_WORDS = {("buurt_code", "unknown"): UNKNOWN_BUURT, ("category_slug", "unknown"): UNKNOWN_CATEGORY}


class TooLarge(APIException):
    """413: the body is larger than DATA_UPLOAD_MAX_MEMORY_SIZE."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = format_lazy(
        _("This is too much at once. Send at most {megabytes} MB."),
        megabytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000,
    )
    default_code = "too_large"


class TooMany(APIException):
    """429: too much from one network; Retry-After says when there is room again."""

    status_code = status.HTTP_429_TOO_MANY_REQUESTS
    default_code = "too_many"

    def __init__(self, wait: float) -> None:
        self.wait = math.ceil(wait)
        super().__init__(TOO_MANY % {"seconds": self.wait})


class MeldingenView(APIView):
    """Meldingen come in here; nothing about them goes out."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Count what is sent before it is read."""
        super().initial(request, *args, **kwargs)
        if request.method == "POST" and (wait := wait_for_api(sender_of(request._request))):
            raise TooMany(wait)

    def handle_exception(self, exc: Exception) -> Response:
        """A body that is too large is answered in JSON, like everything else; one of another kind hears which."""
        if isinstance(exc, RequestDataTooBig):
            exc = TooLarge()
        if isinstance(exc, UnsupportedMediaType):
            exc = UnsupportedMediaType("", _("Send JSON, with the header Content-Type: application/json."))
        return super().handle_exception(exc)

    def post(self, request: Request) -> Response:
        """Store a melding: 201 with its reference and private address, or 400 with a word for each wrong field.

        The same key with other content is a 409.
        """
        # For `null` REST framework has one English sentence; an empty body is told which fields it lacks.
        serializer = MeldingSerializer(data={} if request.data is None else request.data)
        serializer.is_valid(raise_exception=True)
        try:
            melding = submission.submit(municipality(request._request), serializer.submission())
        except Refused as refused:
            used = refused.field == "submission_key"
            return Response(_refusal(refused), status.HTTP_409_CONFLICT if used else status.HTTP_400_BAD_REQUEST)
        follow = request.build_absolute_uri(reverse("volg", args=[melding.follow_token]))
        answer = {
            "reference": melding.reference,
            "follow_url": follow,
            "danger": melding.danger,
            "call": _calls(melding),
        }
        response = Response(answer, status.HTTP_201_CREATED)
        keep_private(response)
        return response


class CategorieenView(APIView):
    """The categories that a reporter may choose."""

    def get(self, request: Request) -> Response:
        """Two levels: main categories, each with those under it."""
        mains: dict[int, dict[str, Any]] = {}
        for category in choices.categories(municipality(request._request)):
            parent = category.parent
            if parent is not None:
                mains.setdefault(parent.pk, _category(parent) | {"categories": []})["categories"].append(
                    _category(category)
                )
        return Response({"categories": list(mains.values())})


class BuurtenView(APIView):
    """The buurten in use."""

    def get(self, request: Request) -> Response:
        """Code and name of each, by name."""
        rows = areas.buurten(municipality(request._request)).values("code", "name")
        return Response({"buurten": list(rows)})


def _calls(melding: Melding) -> list[str]:
    """The numbers that whoever reported this is to call now, the most urgent first; none without danger."""
    if melding.is_emergency:
        return ["112", "0800-9009"] if melding.danger == Melding.Danger.GAS else ["112"]
    night = melding.municipality.night_phone
    return [night] if melding.danger and night else []


def _category(category: Category) -> dict[str, Any]:
    return {
        "slug": category.slug,
        "name": {code: category.name_texts.in_(code) for code in offered()},
        "guidance": {code: category.guidance_texts.in_(code) for code in offered()},
    }


def _refusal(refused: Refused) -> dict[str, Any]:
    words: Any = [str(_WORDS.get((refused.field, refused.code), refused.message))]
    for name in reversed(_FIELDS[refused.field]):
        words = {name: words}
    return dict(words)
