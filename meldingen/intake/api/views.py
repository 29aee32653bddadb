"""The addresses under /api/v1/. Everything is scoped to the municipality of the host."""

import math
import uuid
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import APIException, ErrorDetail
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from meldingen.api.answers import TooMany, WrongIn
from meldingen.api.paging import link_pages, page_of
from meldingen.api.query import PageQuery, Query, read
from meldingen.attachments import receiving, tokens
from meldingen.categories import choices
from meldingen.categories.models import Category
from meldingen.intake import choosing
from meldingen.intake.api import idempotency
from meldingen.intake.api.serializers import (
    UNKNOWN_BUURT,
    UNKNOWN_CATEGORY,
    BuurtenSerializer,
    CategorieenSerializer,
    MeldingSerializer,
    PhotoSerializer,
    StoredPhotoSerializer,
    StoredSerializer,
    VragenSerializer,
)
from meldingen.intake.receiving import submit
from meldingen.languages import Texts, offered
from meldingen.limits.rules import TOO_MANY, wait_for_api
from meldingen.limits.senders import sender_of
from meldingen.notifications.views import keep_private
from meldingen.places import areas
from meldingen.questions import asking
from meldingen.questions.models import Question
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.tenancy.requests import municipality

MINUTE = 60  # after which it is worth trying a photo again
# Where in the body a refusal of intake belongs.
_FIELDS = {
    "text": ("text",),
    "category_slug": ("category",),
    "pin": ("place", "pin"),
    "buurt_code": ("place", "buurt"),
    "submission_key": ("submission_key",),
    "answers": ("answers",),
    "elsewhere": ("category",),
    "photos": ("photos",),
}
# Where those of the form say "the list", a program hears its address.
_WORDS = {("buurt_code", "unknown"): UNKNOWN_BUURT, ("category_slug", "unknown"): UNKNOWN_CATEGORY}
_KEY = OpenApiParameter(
    idempotency.HEADER,
    str,
    OpenApiParameter.HEADER,
    description=_("A new random word for each melding. Sent again with the same melding, it stores nothing anew."),
)


class MeldingenView(APIView):
    """Meldingen come in here; nothing about them goes out."""

    operation = "storeMelding"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Count what is sent before it is read."""
        super().initial(request, *args, **kwargs)
        if request.method == "POST" and (wait := wait_for_api(sender_of(request._request))):
            raise TooMany(TOO_MANY % {"seconds": math.ceil(wait)}, wait)

    @extend_schema(
        summary=_("Store a melding"),
        description=_(
            "Nothing is stored unless the answer is 201. The same key with the same words gives the answer of before, "
            "for six days at least; with other words it is a 409."
        ),
        parameters=[_KEY],
        request=MeldingSerializer,
        responses={201: StoredSerializer},
    )
    def post(self, request: Request) -> Response:
        """Store a melding: 201 with its reference and private address, or 400 with a word for each wrong field."""
        # For `null` REST framework has one English sentence; an empty body is told which fields it lacks.
        serializer = MeldingSerializer(data={} if request.data is None else request.data)
        is_valid, (key, wrong) = serializer.is_valid(), _key(request)
        if not is_valid or wrong:
            raise WrongIn({"body": serializer.errors, "header": wrong})
        try:
            melding = submit(municipality(request._request), serializer.submission(key))
        except Refused as refused:
            raise _refusal(refused, by_header=key is not None) from refused
        response = Response(_answer(request, melding), status.HTTP_201_CREATED)
        keep_private(response)
        return response


class FotosView(APIView):
    """Photos come in here, one at a time, before the melding that they belong to."""

    operation = "storePhoto"
    parser_classes = (MultiPartParser,)
    other_type = _("Send a form with a file, with the header Content-Type: multipart/form-data.")

    @extend_schema(
        summary=_("Store a photo for a melding"),
        description=_(
            "As multipart/form-data. The melding that is sent with the same submission_key names it in its photos; one "
            "that no melding names is gone after a day."
        ),
        request={"multipart/form-data": PhotoSerializer},
        responses={201: StoredPhotoSerializer},
    )
    def post(self, request: Request) -> Response:
        """Store it: 201 with its signed id, or 400 with a word for what is wrong with it."""
        serializer = PhotoSerializer(data=request.data)
        if not serializer.is_valid():
            raise WrongIn({"body": serializer.errors})
        key, file = serializer.validated_data["submission_key"], serializer.validated_data["photo_files"]
        here, sender = municipality(request._request), sender_of(request._request)
        try:
            photo = receiving.receive(here, key, file, sender=sender)
        except Refused as refused:
            raise _no_photo(refused) from refused
        response = Response({"photo": tokens.token_of(photo)}, status.HTTP_201_CREATED)
        keep_private(response)
        return response


class CategorieenView(APIView):
    """The categories that a reporter may choose."""

    operation = "listCategories"

    @extend_schema(summary=_("The categories that a melding may carry"), responses=CategorieenSerializer)
    def get(self, request: Request) -> Response:
        """Two levels: main categories, each with those under it."""
        read(request, Query)
        mains: dict[int, dict[str, Any]] = {}
        for category in choices.categories(municipality(request._request)):
            parent = category.parent
            if parent is not None:
                mains.setdefault(parent.pk, _category(parent) | {"categories": []})["categories"].append(
                    _category(category)
                )
        return Response({"categories": list(mains.values())})


class VragenView(APIView):
    """What a category asks besides."""

    operation = "listQuestions"

    @extend_schema(summary=_("The questions of a category"), responses=VragenSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """Those in use, its main category's too; a 404 for a category that no melding may carry."""
        read(request, Query)
        try:
            category = choosing.find_category(municipality(request._request), slug)
        except Refused as refused:
            raise Http404 from refused
        return Response({"questions": [_question(question) for question in asking.questions_of(category)]})


class BuurtenView(APIView):
    """The buurten in use."""

    operation = "listBuurten"

    @extend_schema(summary=_("The buurten in use"), parameters=[PageQuery], responses=BuurtenSerializer)
    def get(self, request: Request) -> Response:
        """Code and name of each, by name."""
        query = read(request, PageQuery)
        rows = list(areas.buurten(municipality(request._request)).values("code", "name"))
        number, size = query["page"], query["pageSize"]
        response = Response({"buurten": page_of(rows, number, size)})
        return link_pages(response, request, len(rows), number, size)


def _calls(melding: Melding) -> list[str]:
    """The numbers that whoever reported this is to call now, the most urgent first; none without danger."""
    if melding.is_emergency:
        return ["112", "0800-9009"] if melding.danger == Melding.Danger.GAS else ["112"]
    night = melding.municipality.night_phone
    return [night] if melding.danger and night else []


def _category(category: Category) -> dict[str, Any]:
    return {
        "slug": category.slug,
        "name": _in_each(category.name_texts),
        "guidance": _in_each(category.guidance_texts),
        "elsewhere": _elsewhere(category),
    }


def _elsewhere(category: Category) -> dict[str, Any] | None:
    if not category.elsewhere_texts:
        return None
    return {
        "whose": _in_each(category.elsewhere_texts),
        "url": category.elsewhere_url,
        "call": category.elsewhere_phone,
        "only": category.is_only_elsewhere,
    }


def _question(question: Question) -> dict[str, Any]:
    choices = asking.choices_of(question)
    return {
        "question": question.slug,
        "version": question.version,
        "kind": question.kind,
        "needed": question.is_required,
        "text": _in_each(question.question_texts),
        "hint": _in_each(question.hint_texts),
        "choices": [{"code": code, "name": _in_each(words)} for code, words in choices.items()],
    }


def _in_each(words: Texts) -> dict[str, str]:
    return {code: words.in_(code) for code in offered()}


def _key(request: Request) -> tuple[uuid.UUID | None, dict[str, Any]]:
    """The key of the header, and what is wrong with it."""
    try:
        key = idempotency.key_of(request)
    except ValueError as error:
        return None, idempotency.wrong(str(error))
    if key and isinstance(request.data, dict) and request.data.get("submission_key") is not None:
        return None, idempotency.wrong(str(_("Send this header or a submission_key, not both.")), "twice")
    return key, {}


def _answer(request: Request, melding: Melding) -> dict[str, Any]:
    follow = request.build_absolute_uri(reverse("volg", args=[melding.follow_token]))
    return {
        "reference": melding.reference,
        "follow_url": follow,
        "danger": melding.danger,
        "call": _calls(melding),
    }


def _no_photo(refusal: Refused) -> APIException:
    words = str(refusal.message)
    if refusal.code == "too_often":
        return TooMany(words, MINUTE)
    return WrongIn({"body": {"photo_files": [ErrorDetail(words, refusal.code)]}})


def _refusal(refusal: Refused, *, by_header: bool) -> WrongIn:
    """What intake refuses, at the place in the request that it is about."""
    words, is_taken = _WORDS.get((refusal.field, refusal.code), refusal.message), refusal.field == "submission_key"
    if is_taken and by_header:
        return WrongIn({"header": idempotency.wrong(str(words), refusal.code)}, taken=True)
    detail: Any = [ErrorDetail(str(words), refusal.code)]
    if isinstance(refusal, asking.WrongAnswers):
        detail = [ErrorDetail(str(each), code) for code, each in refusal.each()]
    for name in reversed(_FIELDS[refusal.field]):
        detail = {name: detail}
    return WrongIn({"body": detail}, taken=is_taken)
